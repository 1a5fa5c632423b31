import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CutHow, ReadHow, Snapshot } from '../../ports/connector.ts';
import type { Reader } from './reader.ts';

/** A statement of the run, as this end sees it. */
export interface OwnStatement {
  readonly ms: number;
  /** The server owes us rows, or an answer; else it is we who take none for a moment. */
  readonly isWaitedFor: boolean;
}

interface Running {
  readonly at: number;
  isWaitedFor: boolean;
}

/** What the readers of a run have the server do, and since when: measured here, whatever server it is. */
export class OwnStatements {
  readonly #clock: Clock;
  readonly #running = new Set<Running>();
  #longestMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get running(): readonly OwnStatement[] {
    return [...this.#running].map(({ at, isWaitedFor }) => ({ ms: this.#since(at), isWaitedFor }));
  }

  /** Of all that ended or are running; null: there was none. */
  get longestMs(): number | null {
    const now = this.running.map(({ ms }) => ms);
    const longest = Math.max(this.#longestMs ?? -1, ...now);
    return longest < 0 ? null : Math.round(longest);
  }

  /** The same reader, its statements measured. */
  watch({ snapshot, renew }: Reader): Reader {
    const again = async (): Promise<Snapshot | null> => {
      const other = (await renew?.()) ?? null;
      return other === null ? null : new WatchedSnapshot(other, this);
    };
    return { snapshot: new WatchedSnapshot(snapshot, this), renew: renew === null ? null : again };
  }

  async answer<T>(work: Promise<T>): Promise<T> {
    const running = this.#begin();
    try {
      return await work;
    } finally {
      this.#end(running);
    }
  }

  async *rows(batches: AsyncIterable<RowBatch>): AsyncGenerator<RowBatch> {
    const running = this.#begin();
    try {
      for await (const batch of batches) {
        running.isWaitedFor = false;
        yield batch;
        running.isWaitedFor = true;
      }
    } finally {
      this.#end(running);
    }
  }

  #begin(): Running {
    const running = { at: this.#clock.monotonicMs(), isWaitedFor: true };
    this.#running.add(running);
    return running;
  }

  #end(running: Running): void {
    this.#running.delete(running);
    this.#longestMs = Math.max(this.#longestMs ?? 0, this.#since(running.at));
  }

  #since(at: number): number {
    return this.#clock.monotonicMs() - at;
  }
}

class WatchedSnapshot implements Snapshot {
  readonly #snapshot: Snapshot;
  readonly #statements: OwnStatements;

  constructor(snapshot: Snapshot, statements: OwnStatements) {
    this.#snapshot = snapshot;
    this.#statements = statements;
  }

  get facts(): Snapshot['facts'] {
    return this.#snapshot.facts;
  }

  read(read: TableRead, how: ReadHow): AsyncIterable<RowBatch> {
    return this.#statements.rows(this.#snapshot.read(read, how));
  }

  count(read: TableRead, signal: AbortSignal): Promise<number> {
    return this.#statements.answer(this.#snapshot.count(read, signal));
  }

  cut(read: TableRead, key: readonly ReadColumn[], how: CutHow): Promise<readonly string[] | null> {
    return this.#statements.answer(this.#snapshot.cut?.(read, key, how) ?? Promise.resolve(null));
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#snapshot[Symbol.asyncDispose]();
  }
}
