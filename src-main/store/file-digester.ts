import { Worker } from 'node:worker_threads';
import type { FileDigester } from '../ports/digest.ts';
import { readError } from './errors.ts';
import { RunningDigests } from './running-digests.ts';
import { threadScript } from './thread-script.ts';

/** Hashes whole files in a worker thread each, and what is being written in one thread for all. */
export function createFileDigester(script: string = threadScript('digest-worker')): FileDigester {
  const running = new RunningDigests(threadScript('digest-thread'));
  return {
    begin: () => running.begin(),
    beginPair: () => running.beginPair(),
    digest(path, signal) {
      return new Promise((resolve, reject) => {
        const worker = new Worker(script, { workerData: path });
        const abort = (): void => {
          void worker.terminate();
          reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        };
        signal.addEventListener('abort', abort, { once: true });
        worker.once('message', resolve);
        worker.once('error', (error) => reject(readError(error, path)));
        worker.once('exit', () => {
          signal.removeEventListener('abort', abort);
          reject(readError(new Error('the hashing thread ended without a result'), path));
        });
      });
    },
  };
}
