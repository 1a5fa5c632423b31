// Runs in a worker thread: keeps digests and checks of what it is told to look at, one after the other.
import { parentPort } from 'node:worker_threads';
import type { DigestAnswer, DigestOrder } from './digest-messages.ts';
import { Sums } from './sums.ts';

const running = new Map<number, Sums>();

parentPort?.on('message', ({ digest, wanted, what }: DigestOrder) => {
  if (wanted !== null) running.set(digest, new Sums(wanted));
  const sums = running.get(digest);
  if (what === 'drop') {
    running.delete(digest);
    return;
  }
  if (sums === undefined) throw new Error('no such digest');
  if (what === 'finish') {
    running.delete(digest);
    answer({ digest, sums: sums.finish() });
    return;
  }
  sums.update(what);
  answer({ digest, sums: null });
});

function answer(message: DigestAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
}
