import { bug } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { CutHow, ReadHow, Snapshot, SnapshotFacts } from '../../ports/connector.ts';
import { throwIfAborted } from '../kit/abort.ts';
import { snapshotLost, writtenMeanwhile } from './errors.ts';
import { fileMoment } from './file-moment.ts';
import type { ReaderProcess } from './reader-process.ts';

export interface SnapshotContext {
  readonly file: string;
  /** The id of an open snapshot that this one is to be; null: it is one of its own. */
  readonly joins: string | null;
  readonly signal: AbortSignal;
  readonly statementTimeoutMs: number;
  /** Runs when the snapshot is disposed. */
  readonly released: () => void;
}

/**
 * One read transaction, which lives as long as `reader`: the snapshot ends it. Beside a WAL the library itself keeps it
 * consistent; without one every read and count ends with a proof that nobody wrote the file since the snapshot began. Several
 * are at one point in time when nobody wrote the file before and after any of them was opened: their ids say so.
 */
export async function openSnapshot(
  reader: ReaderProcess,
  reads: readonly TableRead[],
  context: SnapshotContext,
): Promise<Snapshot> {
  const { file, joins, signal } = context;
  const before = fileMoment(file);
  const name = await reader.ask('snapshot', { reads }, { signal, limitMs: 0 });
  const isSure = before !== null && before === fileMoment(file);
  const id = isSure ? `${name}, state ${before}` : name;
  if (joins !== null && (!isSure || id !== joins)) throw writtenMeanwhile();
  return new SqliteSnapshot(reader, { id, unproven: reads.map(() => null) }, context);
}

class SqliteSnapshot implements Snapshot {
  readonly facts: SnapshotFacts;
  readonly #reader: ReaderProcess;
  readonly #context: SnapshotContext;
  #reading = false;
  #disposed = false;

  constructor(reader: ReaderProcess, facts: SnapshotFacts, context: SnapshotContext) {
    this.#reader = reader;
    this.facts = facts;
    this.#context = context;
  }

  async *read(read: TableRead, { signal, wire }: ReadHow): AsyncGenerator<RowBatch> {
    using _ = this.#begin(signal);
    const { statementTimeoutMs: limitMs } = this.#context;
    yield* this.#reader.read(read, { signal, limitMs, wire: wire !== false });
  }

  async count(read: TableRead, signal: AbortSignal): Promise<number> {
    using _ = this.#begin(signal);
    return await this.#reader.ask('count', { read }, { signal, limitMs: this.#context.statementTimeoutMs });
  }

  async cut(read: TableRead, key: readonly ReadColumn[], { rows, signal }: CutHow): Promise<readonly string[] | null> {
    using _ = this.#begin(signal);
    const limitMs = this.#context.statementTimeoutMs;
    return await this.#reader.ask('cut', { read, key, rows }, { signal, limitMs });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await this.#reader.end();
    this.#context.released();
  }

  #begin(signal: AbortSignal): Disposable {
    if (this.#reading || this.#disposed) throw bug('a snapshot is read by two at once, or after its end');
    throwIfAborted(signal);
    if (!this.#reader.isAlive) throw snapshotLost();
    this.#reading = true;
    return {
      [Symbol.dispose]: () => {
        this.#reading = false;
      },
    };
  }
}
