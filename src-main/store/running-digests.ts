import { createHash, type Hash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { appError } from '../../src-shared/errors/app-error.ts';
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
    // A digest stays where its first bytes went, on that very thread: another one knows nothing of them.
    let here: Hash | null = null;
    let there: Worker | null = null;
    return {
      update: async (bytes) => {
        if (here === null && there === null) {
          if (bytes.length >= WORTH_BYTES && bytes.buffer instanceof SharedArrayBuffer) there = this.#thread();
          else here = createHash('sha256');
        }
        if (there === null) here?.update(bytes);
        else await this.#ask(there, { digest: id, what: bytes });
      },
      finish: async () => {
        if (there === null) return (here ?? createHash('sha256')).digest('hex');
        const sha256 = await this.#ask(there, { digest: id, what: 'finish' });
        if (sha256 === null) throw ended();
        return sha256;
      },
      drop: () => {
        if (there !== null && there === this.#worker)
          there.postMessage({ digest: id, what: 'drop' } satisfies DigestOrder);
      },
    };
  }

  #thread(): Worker {
    return (this.#worker ??= this.#start());
  }

  #ask(worker: Worker, order: DigestOrder): Promise<string | null> {
    return new Promise((resolve, reject) => {
      if (worker !== this.#worker) {
        reject(ended());
        return;
      }
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
    worker.on('error', (error) => this.#fail(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#fail(worker, ended()));
    return worker;
  }

  /** What it knew of all digests is gone: they fail, and the next one begins a new thread. */
  #fail(worker: Worker, error: Error): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    const lost = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    for (const { reject } of lost) reject(error);
  }
}

function ended(): Error {
  return appError('SPOOL/READ_FAILED', {
    message: 'The thread that computes digests has ended.',
    remedy: 'Start the export again.',
  });
}
