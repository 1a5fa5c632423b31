// Runs in a worker thread: hashes one file and posts the result. Reads with calls that block, since nobody waits here.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const BLOCK_BYTES = 1024 * 1024;

const file = openSync(String(workerData), 'r');
const hash = createHash('sha256');
const block = new Uint8Array(BLOCK_BYTES);
let bytes = 0;
for (let read = readSync(file, block); read > 0; read = readSync(file, block)) {
  hash.update(block.subarray(0, read));
  bytes += read;
}
closeSync(file);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage({ sha256: hash.digest('hex'), bytes });
