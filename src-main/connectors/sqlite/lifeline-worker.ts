// A thread of the reader process that does nothing but wait for the parent's end: the other one may be inside a statement
// that takes hours. The pipe's other end is open in the parent alone, and the kernel closes it however the parent dies.
import { readSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

// Set by the reader: a descriptor and the flag that says that this thread waits.
const { descriptor, waiting } = workerData as { readonly descriptor: number; readonly waiting: Int32Array };

Atomics.store(waiting, 0, 1);
Atomics.notify(waiting, 0);
try {
  while (readSync(descriptor, new Uint8Array(1)) > 0);
} finally {
  // Nothing gentler ends a process in the middle of a statement.
  process.kill(process.pid, 'SIGKILL');
}
