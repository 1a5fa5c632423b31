import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { bug, toAppError, type AppError } from '../../../src-shared/errors/app-error.ts';
import { fromWireError, type WireError } from '../../../src-shared/errors/wire.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { releaseMemory } from '../../../src-shared/util/release-memory.ts';
import { cancelled } from '../kit/abort.ts';
import { BatchPool } from '../kit/batch-pool.ts';
import { withDeadline } from '../kit/deadline.ts';
import { batchSchema } from './batch-schema.ts';
import { notStarted, readerLost, snapshotLost, timeLimit } from './errors.ts';
import { Exchange } from './exchange.ts';
import { FrameParser } from './frame-parser.ts';
import { BLOCK_BYTES, BLOCK_CELLS } from './reader-protocol.ts';
import type { ReaderAnswers, ReaderMessage, ReaderTasks, TaskName } from './reader-protocol.ts';
import { spawnReader } from './spawn-reader.ts';

/** The kernel takes a killed process away at once, unless a broken disk or network drive holds it. */
const GONE_WITHIN_MS = 250;

export interface TaskHow {
  readonly signal: AbortSignal;
  /** For how long the library may be at one step; 0: no limit. */
  readonly limitMs: number;
}

/**
 * The process that reads one database file, seen from the session. Whatever is to end early (a cancellation, a time limit)
 * ends it: SQLite cannot be interrupted otherwise, and a process that only reads does no harm by its death.
 */
export class ReaderProcess {
  readonly #file: string;
  readonly #child: ChildProcess;
  readonly #messages: Writable;
  readonly #ready = new Exchange(0, null);
  #current: Exchange = this.#ready;
  #lastId = 0;
  #ended: AppError | undefined;

  private constructor(file: string) {
    this.#file = file;
    const { child, messages, frames } = spawnReader();
    this.#child = child;
    this.#messages = messages;
    this.#listen(frames);
  }

  /** A process that waits for tasks about `file`. */
  static async start(file: string, signal: AbortSignal): Promise<ReaderProcess> {
    const reader = new ReaderProcess(file);
    using _ = reader.#killedBy(signal);
    await reader.#ready.answer();
    return reader;
  }

  get isAlive(): boolean {
    return this.#ended === undefined;
  }

  /** Nothing is under way; a read that was left early still is. */
  get isIdle(): boolean {
    return this.#current.isOver;
  }

  /** Does a task that has one answer. */
  async ask<Name extends Exclude<TaskName, 'read'>>(
    name: Name,
    task: ReaderTasks[Name],
    { signal, limitMs }: TaskHow,
  ): Promise<ReaderAnswers[Name]> {
    using _ = this.#killedBy(signal);
    const exchange = await this.#begin(name, task, null);
    // The reader is the same build and answers a task of this name with exactly this type.
    return (await this.#withinLimit(limitMs, exchange.answer())) as ReaderAnswers[Name];
  }

  /** Rows of a read as batches, which the consumer owns and releases. At most a few wait here for it to pull. */
  async *read(
    read: TableRead,
    { signal, limitMs, wire }: TaskHow & { readonly wire: boolean },
  ): AsyncGenerator<RowBatch, void> {
    using _ = this.#killedBy(signal);
    const pool = new BatchPool(batchSchema(read.columns), { blockBytes: BLOCK_BYTES, cells: wire ? 0 : BLOCK_CELLS });
    const exchange = await this.#begin('read', { read, statementTimeoutMs: limitMs, wire }, pool);
    try {
      for (;;) {
        const batch = await this.#withinLimit(limitMs, exchange.next());
        if (batch === null) return;
        this.#send({ kind: 'more', id: exchange.id });
        yield batch;
      }
    } finally {
      this.#leave(exchange);
      pool.close();
    }
  }

  /** Ends the process, now; whatever is under way rejects with `reason`. */
  kill(reason: AppError): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#child.kill('SIGKILL');
    // One that cannot die yet must not keep this process from ending.
    this.#child.unref();
    for (const stream of this.#child.stdio) stream?.destroy();
    this.#current.settle({ error: reason });
  }

  /** Ends the process and waits until it is gone, so that its locks on the file are too. */
  async end(): Promise<void> {
    const { exitCode, signalCode, pid } = this.#child;
    const isGone = pid === undefined || exitCode !== null || signalCode !== null;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#child.once('exit', () => resolve());
    this.kill(snapshotLost());
    if (isGone) return;
    this.#child.ref();
    const timer = setTimeout(resolve, GONE_WITHIN_MS);
    await promise;
    clearTimeout(timer);
    this.#child.unref();
  }

  #listen(frames: Readable): void {
    const parser = new FrameParser({
      ready: () => this.#ready.settle({ value: null }),
      answer: (id, value) => this.#exchange(id).settle({ value }),
      // The reader is the same build and sends nothing else as a failure.
      failure: (id, error) => this.#exchange(id).settle({ error: fromWireError(error as WireError) }),
      take: (id, tail) => this.#exchange(id).take(tail),
      batch: (id, batch) => this.#exchange(id).deliver(batch),
    });
    frames.on('data', (piece: Buffer) => {
      try {
        parser.push(piece);
      } catch (error) {
        this.kill(toAppError(error));
      }
      // It was copied. Left to the collector, 64 KiB of each read would make it look through the whole heap many times a second.
      releaseMemory(piece);
    });
    this.#child.on('error', (error: NodeJS.ErrnoException) => this.kill(notStarted(error.code ?? error.name)));
    this.#child.on('exit', (code, signal) => {
      const how = String(signal ?? code);
      this.kill(this.#lastId === 0 ? notStarted(how) : readerLost(how));
    });
  }

  #exchange(id: number): Exchange {
    if (id !== this.#current.id) throw bug('the reader process answered a task that nobody waits for');
    return this.#current;
  }

  async #begin<Name extends TaskName>(name: Name, task: ReaderTasks[Name], pool: BatchPool | null): Promise<Exchange> {
    // A read that was left early ends at its next batch.
    await this.#current.over;
    if (this.#ended !== undefined) throw this.#ended;
    this.#current = new Exchange(++this.#lastId, pool);
    this.#send({ kind: 'task', id: this.#lastId, task: { name, file: this.#file, of: task } });
    return this.#current;
  }

  #send(message: ReaderMessage | { readonly kind: 'task'; readonly id: number; readonly task: object }): void {
    const json = Buffer.from(JSON.stringify(message));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(json.length);
    if (this.isAlive) this.#messages.write(Buffer.concat([length, json]));
  }

  /** After the end of a read, whole or not. */
  #leave(exchange: Exchange): void {
    if (exchange.isOver) return;
    exchange.abandon();
    this.#send({ kind: 'stop', id: exchange.id });
  }

  /** Until disposed, an abort of the signal ends the process. */
  #killedBy(signal: AbortSignal): Disposable {
    const abort = (): void => this.kill(cancelled());
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    return { [Symbol.dispose]: () => signal.removeEventListener('abort', abort) };
  }

  async #withinLimit<T>(limitMs: number, work: Promise<T>): Promise<T> {
    if (limitMs === 0) return await work;
    return await withDeadline(work, limitMs, () => {
      this.kill(timeLimit());
      return timeLimit();
    });
  }
}
