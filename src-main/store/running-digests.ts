import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { appError, bug } from '../../src-shared/errors/app-error.ts';
import type { DigestPair, Running, RunningDigest } from '../ports/digest.ts';
import type { DigestAnswer, DigestOrder } from './digest-messages.ts';
import { SECRET_BYTES, Sums, type SumsFound, type SumsWanted } from './sums.ts';

/** Asking another thread costs more than hashing this many bytes here. */
const WORTH_BYTES = 128 * 1024;

interface Waiting {
  readonly resolve: (sums: SumsFound | null) => void;
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
    return mapped(this.#begin({ sha256: true, secret: null }), ({ sha256 }) => sha256 ?? '');
  }

  beginPair(): DigestPair {
    const secret = randomBytes(SECRET_BYTES);
    let check: string | null = null;
    const written = mapped(this.#begin({ sha256: true, secret }), (sums) => {
      check = sums.check;
      return sums.sha256 ?? '';
    });
    const again = mapped(this.#begin({ sha256: false, secret }), (sums) => {
      if (check === null) throw bug('what is read again is compared before all is written');
      return sums.check === check;
    });
    return { written, again };
  }

  #begin(wanted: SumsWanted): Running<SumsFound> {
    const id = this.#next++;
    // A digest stays where its first bytes went, on that very thread: another one knows nothing of them.
    let here: Sums | null = null;
    let there: Worker | null = null;
    return {
      update: async (bytes) => {
        const isFirst = here === null && there === null;
        if (isFirst) {
          if (bytes.length >= WORTH_BYTES && bytes.buffer instanceof SharedArrayBuffer) there = this.#thread();
          else here = new Sums(wanted);
        }
        if (there === null) here?.update(bytes);
        else await this.#ask(there, { digest: id, wanted: isFirst ? wanted : null, what: bytes });
      },
      finish: async () => {
        if (there === null) return (here ?? new Sums(wanted)).finish();
        const sums = await this.#ask(there, { digest: id, wanted: null, what: 'finish' });
        if (sums === null) throw ended();
        return sums;
      },
      drop: () => {
        if (there === null || there !== this.#worker) return;
        there.postMessage({ digest: id, wanted: null, what: 'drop' } satisfies DigestOrder);
      },
    };
  }

  #thread(): Worker {
    return (this.#worker ??= this.#start());
  }

  #ask(worker: Worker, order: DigestOrder): Promise<SumsFound | null> {
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
    worker.on('message', ({ digest, sums }: DigestAnswer) => {
      const waiting = this.#waiting.get(digest) ?? [];
      const first = waiting.shift();
      if (waiting.length === 0) this.#waiting.delete(digest);
      if (this.#waiting.size === 0) worker.unref();
      first?.resolve(sums);
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

function mapped<Sum, Result>(running: Running<Sum>, map: (sum: Sum) => Result): Running<Result> {
  return { ...running, finish: async () => map(await running.finish()) };
}

function ended(): Error {
  return appError('SPOOL/READ_FAILED', {
    message: 'The thread that computes digests has ended.',
    remedy: 'Start the export again.',
  });
}
