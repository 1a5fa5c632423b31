// A double of oracledb's connection: one statement at a time, cursors that are read on demand, break.
import { setImmediate } from 'node:timers/promises';
import type { Metadata } from 'oracledb';
import type { UsedConnection, UsedOptions, UsedResult, UsedResultSet } from './driver-types.ts';
import { ServerFault } from './server-fault.ts';
import type { DoubleSession } from './session.ts';

export class DoubleConnection implements UsedConnection {
  callTimeout = 0;
  module = '';
  action = '';
  clientInfo = '';
  readonly oracleServerVersionString = '23.26.0.0.0';
  readonly #session: DoubleSession;
  #broken: PromiseWithResolvers<never> | null = null;
  #cursors = 0;
  #isClosed = false;

  constructor(session: DoubleSession) {
    this.#session = session;
  }

  /** Whether a statement or a cursor is under way. */
  get isBusy(): boolean {
    return !this.#isClosed && (this.#broken !== null || this.#cursors > 0);
  }

  async execute(text: string, binds: Record<string, { val?: unknown }>, options: UsedOptions): Promise<UsedResult> {
    const values = Object.fromEntries(Object.entries(binds).map(([name, { val }]) => [name, val]));
    const rows = iterator(this.#session.run(text, values, options.fetchTypeHandler));
    if (options.resultSet !== true) return { rows: await this.#alone(() => take(rows, Infinity)) };
    // As the server does it: the statement runs to its first row, which waits.
    const first = await this.#alone(() => take(rows, 1));
    return { resultSet: this.#cursor(rows, first) };
  }

  getStatementInfo(text: string): Promise<{ metaData: Metadata<object>[] }> {
    return this.#alone(async () => ({ metaData: this.#session.describe(text) }));
  }

  async break(): Promise<void> {
    this.#broken?.reject(new ServerFault('ORA-01013', 'user requested cancel of current operation'));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.break();
    this.#session.close();
  }

  /** The wire is cut: what runs fails, and nothing can be asked any more. */
  lose(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#broken?.reject(new ServerFault('ORA-03113', 'end-of-file on communication channel'));
    this.#session.close();
  }

  #cursor(rows: Rows, waiting: unknown[][]): UsedResultSet {
    this.#cursors++;
    let isOpen = true;
    return {
      getRows: (count) =>
        this.#alone(async () => {
          const first = waiting.splice(0);
          return [...first, ...(await take(rows, count - first.length))];
        }),
      close: async () => {
        if (!isOpen) return;
        isOpen = false;
        this.#cursors--;
        await rows.return?.();
      },
    };
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new ServerFault('NJS-003', 'invalid or closed connection');
    if (this.#broken !== null) throw new Error('the connection is used by two at once');
    this.#broken = Promise.withResolvers<never>();
    this.#broken.promise.catch(() => undefined);
    try {
      // As over a wire: others have their turn.
      await setImmediate();
      return await Promise.race([this.#broken.promise, work()]);
    } finally {
      this.#broken = null;
    }
  }
}

type Rows = Iterator<unknown[]> | AsyncIterator<unknown[]>;

function iterator(rows: Iterable<unknown[]> | AsyncIterable<unknown[]>): Rows {
  return Symbol.iterator in rows ? rows[Symbol.iterator]() : rows[Symbol.asyncIterator]();
}

async function take(rows: Rows, count: number): Promise<unknown[][]> {
  const taken: unknown[][] = [];
  while (taken.length < count) {
    const next = rows.next();
    const { done, value } = next instanceof Promise ? await next : next;
    if (done === true) break;
    taken.push(value);
  }
  return taken;
}
