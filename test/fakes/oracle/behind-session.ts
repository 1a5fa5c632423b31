// One session on the SQLite file behind the double: transactions, the connector's own statements, and its reads.
import oracledb, { type DbType, type Metadata } from 'oracledb';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { LockBook } from '../../servers/tds/behind/lock-book.ts';
import type { ReadBook } from '../../servers/tds/behind/read-book.ts';
import { columnsOf, declared, takenApart } from './dictionary.ts';
import { faultOf } from './faults.ts';
import { knownStatement } from './golden-statements.ts';
import { DoubleLob } from './lob.ts';
import type { Moments } from './moments.ts';
import { ownAnswer } from './own-answers.ts';
import type { DoubleSession, Values } from './session.ts';
import { addFunctions } from './sqlite-words.ts';
import { toSqlite } from './to-sqlite.ts';

export interface Behind {
  readonly file: string;
  readonly locks: LockBook;
  readonly moments: Moments;
  readonly reads: ReadBook;
  /** All that are open. */
  readonly sessions: Set<BehindSession>;
  /** Whether the login may see V$SESSION. */
  readonly seesSessions: boolean;
  readonly mayFlashback: boolean;
  readonly mayLock: boolean;
  readonly mayWrite: boolean;
  /** A part of a statement at which the server would work for minutes. */
  readonly busy: string;
}

const TYPES: Readonly<Record<string, DbType>> = {
  NUMBER: oracledb.DB_TYPE_NUMBER,
  VARCHAR2: oracledb.DB_TYPE_VARCHAR,
  CLOB: oracledb.DB_TYPE_CLOB,
  BLOB: oracledb.DB_TYPE_BLOB,
  BFILE: oracledb.DB_TYPE_BFILE,
};

let lastNumber = 20;

export class BehindSession implements DoubleSession {
  readonly db: DatabaseSync;
  readonly user: string;
  readonly behind: Behind;
  readonly number = ++lastNumber;
  /** Since when it works at a statement; null: it does not. */
  busySince: number | null = null;
  #isClosed = false;

  constructor(behind: Behind, user: string) {
    this.behind = behind;
    this.user = user;
    this.db = new DatabaseSync(behind.file, { readOnly: true, timeout: 1000 });
    addFunctions(this.db);
  }

  get hasTransaction(): boolean {
    return !this.#isClosed && this.db.isTransaction;
  }

  run(text: string, values: Values): Iterable<unknown[]> | AsyncIterable<unknown[]> {
    if (!text.includes(this.behind.busy) || knownStatement(text) !== null) return this.#run(text, values);
    this.busySince = performance.now();
    return working();
  }

  *#run(text: string, values: Values): Generator<unknown[]> {
    try {
      yield* this.#rows(text, values);
    } catch (error) {
      throw faultOf(error);
    }
  }

  describe(text: string): Metadata<object>[] {
    try {
      return this.#prepare(text)
        .columns()
        .map(({ name, type, column, table }) => {
          const { base, size, scale } = takenApart(declared(type) || 'NUMBER');
          const dbType = TYPES[base] ?? oracledb.DB_TYPE_NUMBER;
          const stored = columnsOf(this.db, table ?? '').find((each) => each.name === column);
          return {
            ...{ name, dbType, dbTypeName: base, nullable: stored?.nullable ?? true },
            ...(base === 'NUMBER' ? { precision: size ?? 0, scale: scale ?? (size === null ? -127 : 0) } : {}),
            ...(base === 'VARCHAR2' ? { byteSize: size ?? 1 } : {}),
          };
        });
    } catch (error) {
      throw faultOf(error);
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.behind.locks.release(this);
    this.behind.sessions.delete(this);
    this.db.close();
  }

  *#rows(text: string, values: Values): Generator<unknown[]> {
    const known = knownStatement(text);
    if (known !== null) return yield* ownAnswer(this, known, values);
    if (text === 'set transaction read only') return this.#begin();
    if (text === 'rollback') return this.#rollBack();
    const statement = this.#prepare(text);
    const lobs = statement.columns().map(({ type }) => /^[CB]LOB$/.test(declared(type)));
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    for (const row of statement.iterate(values as never)) {
      yield (row as unknown as unknown[]).map((value, i) => handedOut(value, lobs[i] === true));
    }
  }

  /** The moment stands from here on. */
  #begin(): void {
    if (this.db.isTransaction) throw new Error('SET TRANSACTION must be the first statement of a transaction');
    this.db.exec('begin');
    this.db.prepare('select count(*) from sqlite_schema').get();
  }

  #rollBack(): void {
    if (this.db.isTransaction) this.db.exec('rollback');
    this.behind.locks.release(this);
  }

  /** A statement without a number sees the moment of the transaction, or its own. */
  #prepare(text: string): StatementSync {
    const sql = toSqlite(text);
    if (!/^(?:select|with)\b/i.test(sql)) throw new Error(`it does not know the statement ${text}`);
    const scn = /\bas of scn (\d+)/.exec(text)?.[1];
    if (this.hasTransaction) this.behind.reads.note(this, scn ?? `session ${this.number}`);
    return (scn === undefined ? this.db : this.behind.moments.at(scn)).prepare(sql);
  }
}

/** Gives nothing until it is cancelled. */
async function* working(): AsyncGenerator<unknown[]> {
  yield await new Promise<never>(() => undefined);
}

/** As oracledb hands it out: LOBs by their locators, numbers as Numbers. */
function handedOut(value: unknown, isLob: boolean): unknown {
  if (value === null) return null;
  if (isLob && value instanceof Uint8Array) return new DoubleLob(Buffer.from(value));
  if (isLob && typeof value === 'string') return new DoubleLob(value);
  return typeof value === 'bigint' ? Number(value) : value;
}
