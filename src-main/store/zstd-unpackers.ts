import { Worker } from 'node:worker_threads';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { Unpacker } from '../ports/compression.ts';
import { UnpackerHere } from './unpacker-here.ts';
import type { UnpackAnswer, UnpackOrder } from './unpack-messages.ts';

/** Asking another thread costs more than unpacking this many bytes here. */
const WORTH_BYTES = 128 * 1024;

type Take = (bytes: Uint8Array) => void;

interface FileThere {
  readonly take: Take;
  /** Whoever waits for what was asked; one after the other. */
  waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void } | null;
}

/**
 * Unpackers whose work is done by one thread for all of them, which begins with the first file that is worth it. A heap of
 * its own keeps the collector away from the main one: a MiB for each frame made it look through everything a hundred times.
 */
export class ZstdUnpackers {
  readonly #script: string;
  #worker: Worker | null = null;
  #next = 0;
  readonly #files = new Map<number, FileThere>();

  constructor(script: string) {
    this.#script = script;
  }

  unpacker(take: Take): Unpacker {
    let unpacker: Unpacker | null = null;
    let last: Promise<void> = Promise.resolve();
    return {
      push: (bytes) => {
        const chosen = (unpacker ??= bytes.length < WORTH_BYTES ? new UnpackerHere(take) : this.#there(take));
        last = last.then(() => chosen.push(bytes));
        return last;
      },
      finish: async () => {
        await last;
        await unpacker?.finish();
      },
      close: () => unpacker?.close(),
    };
  }

  #there(take: Take): Unpacker {
    const worker = (this.#worker ??= this.#start());
    const id = this.#next++;
    const file: FileThere = { take, waiting: null };
    this.#files.set(id, file);
    return {
      push: (bytes) => this.#ask(worker, { file: id, what: bytes }),
      finish: () => this.#ask(worker, { file: id, what: 'finish' }).finally(() => this.#files.delete(id)),
      close: () => {
        if (!this.#files.delete(id)) return;
        if (worker === this.#worker) this.#send(worker, { file: id, what: 'drop' });
        file.waiting?.reject(ended());
      },
    };
  }

  #ask(worker: Worker, order: UnpackOrder): Promise<void> {
    return new Promise((resolve, reject) => {
      const file = this.#files.get(order.file);
      if (worker !== this.#worker || file === undefined) {
        reject(ended());
        return;
      }
      file.waiting = { resolve, reject };
      worker.ref();
      this.#send(worker, order);
    });
  }

  #send(worker: Worker, order: UnpackOrder): void {
    worker.postMessage(order);
  }

  /** It holds the process only while somebody waits for it. */
  #start(): Worker {
    const worker = new Worker(this.#script);
    worker.on('message', (answer: UnpackAnswer) => this.#hear(worker, answer));
    worker.on('error', (error) => this.#fail(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#fail(worker, ended()));
    return worker;
  }

  #hear(worker: Worker, { file: id, what }: UnpackAnswer): void {
    const file = this.#files.get(id);
    if (what instanceof Uint8Array) {
      if (file !== undefined) taken(file, what);
      if (file !== undefined) this.#send(worker, { file: id, what: { taken: what } });
      return;
    }
    const waiting = file?.waiting;
    if (file !== undefined) file.waiting = null;
    if (![...this.#files.values()].some((other) => other.waiting !== null)) worker.unref();
    if (what === 'done') waiting?.resolve();
    else waiting?.reject(what);
  }

  /** What it held of all files is gone: they fail, and the next one begins a new thread. */
  #fail(worker: Worker, error: Error): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    const lost = [...this.#files.values()];
    this.#files.clear();
    for (const { waiting } of lost) waiting?.reject(error);
  }
}

/** What the taker throws belongs to whoever waits for the bytes to be taken. */
function taken(file: FileThere, bytes: Uint8Array): void {
  try {
    file.take(bytes);
  } catch (error) {
    file.waiting?.reject(error instanceof Error ? error : new Error(String(error)));
    file.waiting = null;
  }
}

function ended(): Error {
  return appError('SPOOL/READ_FAILED', {
    message: 'The thread that unpacks what was written has ended.',
    remedy: 'Start the export again.',
  });
}
