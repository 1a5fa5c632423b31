import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FileDigester } from '../ports/digest.ts';
import { readError } from './errors.ts';
import { RunningDigests } from './running-digests.ts';

/** Hashes whole files in a worker thread each, and what is being written in one thread for all. */
export function createFileDigester(script: string = workerScript('digest-worker')): FileDigester {
  const running = new RunningDigests(workerScript('digest-thread'));
  return {
    begin: () => running.begin(),
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

// Beside this file: as source when it runs from source, as its own bundle in a build.
function workerScript(name: string): string {
  const bundled = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
}
