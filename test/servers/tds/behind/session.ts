// One session on the SQLite file behind the stand-in: transactions, the connector's own statements, and its reads.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import type { Reply, Statement } from '../database.ts';
import type { Known } from '../golden-statements.ts';
import { StandInSession } from '../stand-in-session.ts';
import { WIRE, type WireColumn, type WireType, type WireValue } from '../wire-types.ts';
import { declaredType } from './catalog.ts';
import type { LockBook } from './lock-book.ts';
import type { ReadBook } from './read-book.ts';
import { keepStillReplies, ownReplies } from './own-replies.ts';
import { noticeOf } from './sql-faults.ts';
import { addFunctions } from './sqlite-words.ts';
import { toSqlite } from './to-sqlite.ts';

export interface Behind {
  readonly file: string;
  readonly name: string;
  readonly locks: LockBook;
  readonly reads: ReadBook;
  /** How long the session that was opened last takes for its first access to data. */
  readonly slow: { lastMs: number };
  /** All that are open, whoever is to see them. */
  readonly sessions: Set<BehindSession>;
  /** Whether the database gives snapshots. */
  readonly allowsSnapshots: boolean;
  /** Whether the login may see its locks, and write. */
  readonly seesState: boolean;
  readonly mayWrite: boolean;
  /** A part of a statement at which the server would work for minutes. */
  readonly busy: string;
}

const WIRE_TYPES: Readonly<Record<string, () => WireType>> = {
  int: () => WIRE.int(8),
  bigint: () => WIRE.int(8),
  'nvarchar(max)': () => WIRE.nvarcharMax(),
  'varbinary(max)': () => WIRE.varbinaryMax(),
};

/** Steps in which sessions are slower than others. */
const SPREAD = 5;
/** As servers number them: from above their own. */
let lastNumber = 50;

export class BehindSession extends StandInSession {
  readonly number = ++lastNumber;
  /** Since when it works at a statement; null: it does not. */
  busySince: number | null = null;
  readonly db: DatabaseSync;
  readonly user: string;
  readonly behind: Behind;
  #isClosed = false;

  constructor(behind: Behind, user: string) {
    super();
    this.behind = behind;
    this.user = user;
    this.db = new DatabaseSync(behind.file, { readOnly: true, timeout: 1000 });
    addFunctions(this.db);
  }

  override async *run(statement: Statement): AsyncGenerator<Reply> {
    try {
      yield* super.run(statement);
    } catch (fault) {
      yield { error: noticeOf(fault) };
    }
  }

  override close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    super.close();
    this.behind.locks.release(this);
    this.behind.sessions.delete(this);
    this.db.close();
  }

  protected override own(known: Known, statement: Statement): Iterable<Reply> | AsyncIterable<Reply> {
    if (known.name === 'keep-still') return keepStillReplies(this, known.about[1] ?? '');
    if (known.name === 'hold') return this.#hold(known, statement);
    return ownReplies(this, known, statement);
  }

  protected override async *other(statement: Statement): AsyncGenerator<Reply> {
    const { text } = statement;
    if (text.includes(this.behind.busy) && !text.includes('top (0)')) {
      this.busySince = performance.now();
      await new Promise(() => undefined);
    }
    yield* this.#select(statement);
  }

  /** Under READ COMMITTED every statement sees its own moment. */
  protected override onTransaction(isOpen: boolean): void {
    if (isOpen && this.level === 'snapshot') this.db.exec('begin');
    if (isOpen) return;
    if (this.db.isTransaction) this.db.exec('rollback');
    this.behind.locks.release(this);
  }

  /** A server is not equally quick at all sessions: what is not kept still changes between the first access of one and another's. */
  async *#hold(known: Known, statement: Statement): AsyncGenerator<Reply> {
    const isLast = this.number === lastNumber;
    if (this.behind.locks.heldBy(this).size === 0)
      await setTimeout((this.number % SPREAD) * 6 + (isLast ? this.behind.slow.lastMs : 0));
    yield* ownReplies(this, known, statement);
  }

  *#select({ text, parameters }: Statement): Generator<Reply> {
    if (this.transaction !== null) this.behind.reads.note(this, `session ${this.number}`);
    const statement = this.prepare(text);
    const given = Object.fromEntries([...parameters].map(([name, value]) => [`@${name}`, value]));
    const columns = statement.columns().map(({ name, type }): WireColumn => {
      const wire = WIRE_TYPES[declaredType(type)];
      return { name, type: wire?.() ?? WIRE.int(8) };
    });
    yield { columns };
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    statement.setAllowUnknownNamedParameters(true);
    for (const row of statement.iterate(given as never)) {
      yield {
        row: (row as unknown as WireValue[]).map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value)),
      };
    }
  }

  prepare(text: string): StatementSync {
    const sql = toSqlite(text);
    if (!/^(?:select|with)\b/i.test(sql)) throw new Error(`it does not know the statement ${text}`);
    return this.db.prepare(sql);
  }
}
