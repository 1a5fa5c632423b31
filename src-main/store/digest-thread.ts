// Runs in a worker thread: keeps SHA-256 digests of what it is told to look at, one after the other.
import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { DigestAnswer, DigestOrder } from './digest-messages.ts';

const digests = new Map<number, Hash>();

parentPort?.on('message', ({ digest, what }: DigestOrder) => {
  if (what === 'drop') {
    digests.delete(digest);
    return;
  }
  const hash = digests.get(digest) ?? createHash('sha256');
  if (what === 'finish') {
    digests.delete(digest);
    answer({ digest, sha256: hash.digest('hex') });
    return;
  }
  digests.set(digest, hash);
  hash.update(what);
  answer({ digest, sha256: null });
});

function answer(message: DigestAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
}
