import { bug } from '../../../src-shared/errors/app-error.ts';
import type { Catalog, CatalogFilter } from '../../../src-shared/model/catalog.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { OpenContext, ServerFacts, Session, Snapshot, SnapshotHow } from '../../ports/connector.ts';
import { throwIfAborted } from '../kit/abort.ts';
import type { SqliteOptions } from './options.ts';
import { ReaderProcess } from './reader-process.ts';
import type { ReaderAnswers, ReaderTasks, TaskName } from './reader-protocol.ts';
import { openSnapshot } from './snapshot.ts';

/** Proves that the file can be read. */
export async function openSession(
  { file }: SqliteOptions,
  _password: SecretText | null,
  { signal, statementTimeoutMs }: OpenContext,
): Promise<Session> {
  throwIfAborted(signal);
  const reader = await ReaderProcess.start(file, signal);
  try {
    await reader.ask('probe', null, { signal, limitMs: 0 });
    return new SqliteSession(file, statementTimeoutMs, reader);
  } catch (error) {
    await reader.end();
    throw error;
  }
}

/** A reader process, started anew when the one before had to end (a cancellation, a time limit, a snapshot that is over). */
class SqliteSession implements Session {
  readonly others = null;
  readonly #file: string;
  readonly #statementTimeoutMs: number;
  #reader: ReaderProcess;
  #busy = false;

  constructor(file: string, statementTimeoutMs: number, reader: ReaderProcess) {
    this.#file = file;
    this.#statementTimeoutMs = statementTimeoutMs;
    this.#reader = reader;
  }

  facts(signal: AbortSignal): Promise<ServerFacts> {
    return this.#ask('facts', null, { signal, limitMs: 0 });
  }

  catalog({ namespace, definitions = false }: CatalogFilter, signal: AbortSignal): Promise<Catalog> {
    return this.#ask('catalog', { namespace: namespace ?? null, definitions }, { signal, limitMs: 0 });
  }

  describe(sql: string, params: TableRead['params'], signal: AbortSignal): Promise<readonly ReadColumn[]> {
    return this.#ask('describe', { sql, params }, { signal, limitMs: 0 });
  }

  async check(read: TableRead, signal: AbortSignal): Promise<void> {
    await this.#ask('check', { read }, { signal, limitMs: 0 });
  }

  count(read: TableRead, signal: AbortSignal): Promise<number> {
    return this.#ask('count', { read }, { signal, limitMs: this.#statementTimeoutMs });
  }

  async *preview(read: TableRead, signal: AbortSignal): AsyncGenerator<RowBatch> {
    using _ = this.#take();
    const reader = await this.#running(signal);
    try {
      yield* reader.read(read, { signal, limitMs: this.#statementTimeoutMs, wire: false });
    } finally {
      // Whoever has seen enough does not wait for the statement.
      if (!reader.isIdle) await reader.end();
    }
  }

  async snapshot(reads: readonly TableRead[], signal: AbortSignal, how: SnapshotHow = {}): Promise<Snapshot> {
    const taken = this.#take();
    try {
      const reader = await this.#running(signal);
      return await openSnapshot(reader, reads, {
        signal,
        file: this.#file,
        joins: how.joins ?? null,
        statementTimeoutMs: this.#statementTimeoutMs,
        released: () => taken[Symbol.dispose](),
      });
    } catch (error) {
      taken[Symbol.dispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.end();
  }

  async #ask<Name extends Exclude<TaskName, 'read'>>(
    name: Name,
    task: ReaderTasks[Name],
    how: { readonly signal: AbortSignal; readonly limitMs: number },
  ): Promise<ReaderAnswers[Name]> {
    using _ = this.#take();
    const reader = await this.#running(how.signal);
    return await reader.ask(name, task, how);
  }

  async #running(signal: AbortSignal): Promise<ReaderProcess> {
    throwIfAborted(signal);
    if (!this.#reader.isAlive) this.#reader = await ReaderProcess.start(this.#file, signal);
    return this.#reader;
  }

  #take(): Disposable {
    if (this.#busy) throw bug('a session is used by two at once');
    this.#busy = true;
    return {
      [Symbol.dispose]: () => {
        this.#busy = false;
      },
    };
  }
}
