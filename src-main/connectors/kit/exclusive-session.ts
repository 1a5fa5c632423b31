import { bug } from '../../../src-shared/errors/app-error.ts';
import type { Catalog, CatalogFilter } from '../../../src-shared/model/catalog.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { AmongOthers, ServerFacts, Session, Snapshot, SnapshotHow } from '../../ports/connector.ts';
import { HeldSnapshot, type SnapshotWork } from './held-snapshot.ts';
import { readAhead } from './read-ahead.ts';

/** Blocks of a preview fetched before the first is handed over: small previews end their transaction at once. */
const PREVIEW_BLOCKS = 4;

/** A query of the operator's and the values of its parameters. */
export interface DescribedQuery {
  readonly sql: string;
  readonly params: TableRead['params'];
}

/** What a product does for a session; never called twice at once. */
export interface SessionWork {
  facts(signal: AbortSignal): Promise<ServerFacts>;
  /** null: all namespaces. */
  catalog(namespace: string | null, signal: AbortSignal): Promise<Catalog>;
  /** The catalog with what its tables are made of; absent: this product's are not read. */
  define?(catalog: Catalog, namespace: string | null, signal: AbortSignal): Promise<Catalog>;
  describe(query: DescribedQuery, signal: AbortSignal): Promise<readonly ReadColumn[]>;
  check(read: TableRead, signal: AbortSignal): Promise<void>;
  count(read: TableRead, signal: AbortSignal): Promise<number>;
  preview(read: TableRead, signal: AbortSignal): AsyncGenerator<RowBatch>;
  snapshot(reads: readonly TableRead[], signal: AbortSignal, how: SnapshotHow): Promise<SnapshotWork>;
  /** `hold` absent: this product does not share snapshots by hold. */
  readonly others: AmongOthers;
  close(): Promise<void>;
}

/** A session on one connection: one thing at a time, a snapshot for as long as it is held. */
export class ExclusiveSession implements Session {
  readonly others: AmongOthers;
  readonly #work: SessionWork;
  #busy = false;

  constructor(work: SessionWork) {
    const { others } = work;
    this.#work = work;
    this.others = {
      number: (signal) => this.#alone(() => others.number(signal)),
      look: (numbers, signal) => this.#alone(() => others.look(numbers, signal)),
      hold: (reads, signal) => this.#alone(async () => (await others.hold?.(reads, signal)) ?? null),
    };
  }

  facts(signal: AbortSignal): Promise<ServerFacts> {
    return this.#alone(() => this.#work.facts(signal));
  }

  catalog(filter: CatalogFilter, signal: AbortSignal): Promise<Catalog> {
    const namespace = filter.namespace ?? null;
    return this.#alone(async () => {
      const catalog = await this.#work.catalog(namespace, signal);
      if (filter.definitions !== true || this.#work.define === undefined) return catalog;
      return this.#work.define(catalog, namespace, signal);
    });
  }

  describe(sql: string, params: TableRead['params'], signal: AbortSignal): Promise<readonly ReadColumn[]> {
    return this.#alone(() => this.#work.describe({ sql, params }, signal));
  }

  check(read: TableRead, signal: AbortSignal): Promise<void> {
    return this.#alone(() => this.#work.check(read, signal));
  }

  count(read: TableRead, signal: AbortSignal): Promise<number> {
    return this.#alone(() => this.#work.count(read, signal));
  }

  async *preview(read: TableRead, signal: AbortSignal): AsyncGenerator<RowBatch> {
    this.#take();
    try {
      yield* readAhead(this.#work.preview(read, signal), PREVIEW_BLOCKS);
    } finally {
      this.#busy = false;
    }
  }

  async snapshot(reads: readonly TableRead[], signal: AbortSignal, how: SnapshotHow = {}): Promise<Snapshot> {
    this.#take();
    const released = (): void => {
      this.#busy = false;
    };
    try {
      return new HeldSnapshot(await this.#work.snapshot(reads, signal, how), { signal, released });
    } catch (error) {
      released();
      throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#work.close();
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#take();
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }

  #take(): void {
    if (this.#busy) throw bug('a session is used by two at once');
    this.#busy = true;
  }
}
