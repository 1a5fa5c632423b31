import { createHash, type Hash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { RunningDigest } from '../ports/digest.ts';
import type { DigestAnswer, DigestOrder } from './digest-messages.ts';

/** Asking another thread costs more than hashing this many bytes here. */
const WORTH_BYTES = 128 * 1024;

interface Waiting {
  readonly resolve: (sha256: string | null) => void;
  readonly reject: (error: Error) => void;
}

/** Digests that are kept by one thread for all of them, which begins with the first that is worth it. */
export class RunningDigests {
  readonly #script: string;
  #worker: Worker | null = null;
  #next = 0;
  /** By digest, in the order of the orders. */
  readonly #waiting = new Map<number, Waiting[]>();

  constructor(script: string) {
    this.#script = script;
  }

  begin(): RunningDigest {
    const id = this.#next++;
    // A digest stays where its first bytes went.
    let here: Hash | null = null;
    let there = false;
    return {
      update: async (bytes) => {
        if (here === null && !there) {
          there = bytes.length >= WORTH_BYTES && bytes.buffer instanceof SharedArrayBuffer;
          if (!there) here = createHash('sha256');
        }
        if (here === null) await this.#ask({ digest: id, what: bytes });
        else here.update(bytes);
      },
      finish: async () => {
        if (there) return (await this.#ask({ digest: id, what: 'finish' })) ?? '';
        return (here ?? createHash('sha256')).digest('hex');
      },
      drop: () => {
        if (there) this.#worker?.postMessage({ digest: id, what: 'drop' } satisfies DigestOrder);
      },
    };
  }

  #ask(order: DigestOrder): Promise<string | null> {
    return new Promise((resolve, reject) => {
      const worker = (this.#worker ??= this.#start());
      const waiting = this.#waiting.get(order.digest) ?? [];
      waiting.push({ resolve, reject });
      this.#waiting.set(order.digest, waiting);
      worker.ref();
      worker.postMessage(order);
    });
  }

  /** It holds the process only while somebody waits for it. */
  #start(): Worker {
    const worker = new Worker(this.#script);
    worker.on('message', ({ digest, sha256 }: DigestAnswer) => {
      const waiting = this.#waiting.get(digest) ?? [];
      const first = waiting.shift();
      if (waiting.length === 0) this.#waiting.delete(digest);
      if (this.#waiting.size === 0) worker.unref();
      first?.resolve(sha256);
    });
    worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#fail(new Error('the hashing thread ended')));
    return worker;
  }

  /** What it knew of all digests is gone; the next one begins a new thread. */
  #fail(error: Error): void {
    this.#worker = null;
    const lost = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    for (const { reject } of lost) reject(error);
  }
}
