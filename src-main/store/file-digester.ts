import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FileDigester } from '../ports/digest.ts';
import { readError } from './errors.ts';

/** Hashes files in a worker thread each, so that hashing and counting a file use two cores. */
export function createFileDigester(script: string = workerScript()): FileDigester {
  return {
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
function workerScript(): string {
  const bundled = fileURLToPath(new URL('./digest-worker.mjs', import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./digest-worker.ts', import.meta.url));
}
