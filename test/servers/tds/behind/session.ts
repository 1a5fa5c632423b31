// One session on the SQLite file behind the stand-in: transactions, the connector's own statements, and its reads.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Reply, Statement, TdsSession } from '../database.ts';
import { WIRE, type WireColumn, type WireType, type WireValue } from '../wire-types.ts';
import { declaredType } from './catalog.ts';
import { knownStatement } from './golden-statements.ts';
import type { LockBook } from './lock-book.ts';
import { ownReplies } from './own-replies.ts';
import { noticeOf } from './sql-faults.ts';
import { addFunctions } from './sqlite-words.ts';
import { toSqlite } from './to-sqlite.ts';

export interface Behind {
  readonly file: string;
  readonly name: string;
  readonly locks: LockBook;
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
let transactions = 1000n;

export class BehindSession implements TdsSession {
  readonly db: DatabaseSync;
  readonly user: string;
  readonly behind: Behind;
  /** The number of the transaction that is open; null: none is. */
  transaction: bigint | null = null;
  running = 0;
  #level = 'read committed';
  #isClosed = false;

  constructor(behind: Behind, user: string) {
    this.behind = behind;
    this.user = user;
    this.db = new DatabaseSync(behind.file, { readOnly: true, timeout: 1000 });
    addFunctions(this.db);
  }

  async *run(statement: Statement): AsyncGenerator<Reply> {
    this.running++;
    try {
      if ((this.transaction ?? 0n) !== statement.transaction)
        throw new Error('the client believes in another transaction');
      yield* this.#replies(statement);
    } catch (fault) {
      yield { error: noticeOf(fault) };
    } finally {
      this.running--;
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.behind.locks.release(this);
    this.transaction = null;
    this.running = 0;
    this.db.close();
  }

  /** The number that a statement's transaction has: its own where none is open. */
  transactionNumber(): bigint {
    return this.transaction ?? transactions++;
  }

  async *#replies(statement: Statement): AsyncGenerator<Reply> {
    const { text } = statement;
    const known = knownStatement(text);
    if (known !== null) return yield* ownReplies(this, known, statement);
    const level = /^set transaction isolation level (snapshot|read committed)$/.exec(text)?.[1];
    if (level !== undefined) {
      this.#level = level;
      return;
    }
    // The driver's own, after its login.
    if (text.split('\n').every((line) => line.startsWith('set '))) return;
    if (text === 'begin transaction') return yield this.#begin();
    if (text === 'if @@trancount > 0 rollback transaction\nset transaction isolation level read committed') {
      this.#level = 'read committed';
      if (this.transaction !== null) yield this.#rollBack();
      return;
    }
    if (text === 'select 1') {
      yield { columns: [{ name: '', type: WIRE.fixedInt(4) }] };
      return yield { row: [1] };
    }
    if (text.includes(this.behind.busy) && !text.includes('top (0)')) await new Promise(() => undefined);
    yield* this.#select(statement);
  }

  #begin(): Reply {
    if (this.transaction !== null) throw new Error('a transaction is open already');
    this.transaction = transactions++;
    // Under READ COMMITTED every statement sees its own moment.
    if (this.#level === 'snapshot') this.db.exec('begin');
    return { transaction: 'begun', id: this.transaction };
  }

  #rollBack(): Reply {
    const id = this.transaction ?? 0n;
    if (this.db.isTransaction) this.db.exec('rollback');
    this.behind.locks.release(this);
    this.transaction = null;
    return { transaction: 'rolled back', id };
  }

  *#select({ text, parameters }: Statement): Generator<Reply> {
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
