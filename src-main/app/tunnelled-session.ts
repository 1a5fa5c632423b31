import { AppError, isAppError } from '../../src-shared/errors/app-error.ts';
import type { CatalogFilter } from '../../src-shared/model/catalog.ts';
import type { RowBatch } from '../../src-shared/model/row-batch.ts';
import type { ReadColumn, TableRead } from '../../src-shared/model/table-read.ts';
import type { AmongOthers, CutHow, OpenContext, ReadHow, Session, Snapshot, SnapshotHow } from '../ports/connector.ts';
import type { Dial, Tunnel } from '../ports/tunnel.ts';

/** Opens a session through a tunnel, which ends with it; without one, straight. */
export async function openOver(
  tunnel: Tunnel | null,
  open: (way: Pick<OpenContext, 'dial'>) => Promise<Session>,
): Promise<Session> {
  if (tunnel === null) return open({});
  const refused: { error: unknown } = { error: null };
  const dial: Dial = async (to, signal) => {
    try {
      return await tunnel.dial(to, signal);
    } catch (error) {
      // Drivers tell it in words of their own.
      refused.error = error;
      throw error;
    }
  };
  try {
    return new TunnelledSession(await open({ dial }), tunnel);
  } catch (error) {
    await tunnel[Symbol.asyncDispose]();
    throw isAppError(error, 'RUN/CANCELLED') ? error : (tunnel.failure ?? refused.error ?? seenThrough(error, tunnel));
  }
}

/** What a server answered there: its name, such as localhost, is one of the far end. */
function seenThrough(error: unknown, { facts }: Tunnel): unknown {
  if (!isAppError(error) || !error.code.startsWith('SOURCE/')) return error;
  const { code, message, remedy, context, cause } = error;
  return new AppError(code, {
    message: `${message} It was reached through ${facts.through}.`,
    ...(remedy === undefined ? {} : { remedy }),
    ...{ context, cause },
  });
}

/** Whatever a driver makes of a tunnel that broke: it is told as what it was. */
class Telling {
  readonly #tunnel: Tunnel;

  constructor(tunnel: Tunnel) {
    this.#tunnel = tunnel;
  }

  async of<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw this.#asItWas(error);
    }
  }

  async *each(batches: AsyncIterable<RowBatch>): AsyncGenerator<RowBatch> {
    try {
      yield* batches;
    } catch (error) {
      throw this.#asItWas(error);
    }
  }

  #asItWas(error: unknown): unknown {
    return isAppError(error, 'RUN/CANCELLED') ? error : (this.#tunnel.failure ?? error);
  }
}

class TunnelledSession implements Session {
  readonly others: AmongOthers | null;
  readonly #session: Session;
  readonly #tunnel: Tunnel;
  readonly #telling: Telling;

  constructor(session: Session, tunnel: Tunnel) {
    this.#session = session;
    this.#tunnel = tunnel;
    this.#telling = new Telling(tunnel);
    this.others = session.others === null ? null : toldOthers(session.others, this.#telling);
  }

  facts(signal: AbortSignal): ReturnType<Session['facts']> {
    return this.#telling.of(this.#session.facts(signal));
  }

  catalog(filter: CatalogFilter, signal: AbortSignal): ReturnType<Session['catalog']> {
    return this.#telling.of(this.#session.catalog(filter, signal));
  }

  describe(sql: string, params: TableRead['params'], signal: AbortSignal): ReturnType<Session['describe']> {
    return this.#telling.of(this.#session.describe(sql, params, signal));
  }

  check(read: TableRead, signal: AbortSignal): Promise<void> {
    return this.#telling.of(this.#session.check(read, signal));
  }

  count(read: TableRead, signal: AbortSignal): Promise<number> {
    return this.#telling.of(this.#session.count(read, signal));
  }

  preview(read: TableRead, signal: AbortSignal): AsyncIterable<RowBatch> {
    return this.#telling.each(this.#session.preview(read, signal));
  }

  async snapshot(reads: readonly TableRead[], signal: AbortSignal, how?: SnapshotHow): Promise<Snapshot> {
    return new TunnelledSnapshot(await this.#telling.of(this.#session.snapshot(reads, signal, how)), this.#telling);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#session[Symbol.asyncDispose]();
    } finally {
      await this.#tunnel[Symbol.asyncDispose]();
    }
  }
}

function toldOthers(others: AmongOthers, telling: Telling): AmongOthers {
  return {
    number: (signal) => telling.of(others.number(signal)),
    look: (numbers, signal) => telling.of(others.look(numbers, signal)),
    hold: async (reads, signal) => (await telling.of(Promise.resolve(others.hold?.(reads, signal)))) ?? null,
  };
}

class TunnelledSnapshot implements Snapshot {
  readonly facts: Snapshot['facts'];
  readonly #snapshot: Snapshot;
  readonly #telling: Telling;

  constructor(snapshot: Snapshot, telling: Telling) {
    this.facts = snapshot.facts;
    this.#snapshot = snapshot;
    this.#telling = telling;
  }

  read(read: TableRead, how: ReadHow): AsyncIterable<RowBatch> {
    return this.#telling.each(this.#snapshot.read(read, how));
  }

  count(read: TableRead, signal: AbortSignal): Promise<number> {
    return this.#telling.of(this.#snapshot.count(read, signal));
  }

  async cut(read: TableRead, key: readonly ReadColumn[], how: CutHow): Promise<readonly string[] | null> {
    return (await this.#telling.of(Promise.resolve(this.#snapshot.cut?.(read, key, how)))) ?? null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#snapshot[Symbol.asyncDispose]();
  }
}
