// A database behind the stand-in: an SQLite file with a WAL, whose readers keep their moment while its owner writes. It is
// not SQL Server, and answers nothing but what the contract suite and the connector ask.
import { DatabaseSync } from 'node:sqlite';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import type { TdsDatabase } from '../database.ts';
import { LockBook } from './lock-book.ts';
import { ReadBook } from './read-book.ts';
import { BehindSession, type Behind } from './session.ts';
import { addFunctions } from './sqlite-words.ts';
import { toSqlite } from './to-sqlite.ts';

export interface BehindOptions extends Pick<Behind, 'name' | 'busy'> {
  readonly allowsSnapshots?: boolean;
  readonly seesState?: boolean;
  readonly mayWrite?: boolean;
}

export class BehindDatabase implements TdsDatabase {
  readonly #folder = new TempFolder();
  readonly #owner: DatabaseSync;
  readonly #behind: Behind;
  readonly #sessions = new Set<BehindSession>();
  readonly reads = new ReadBook();
  readonly slow = { lastMs: 0 };

  constructor(options: BehindOptions) {
    const file = this.#folder.join('behind.db');
    this.#behind = {
      ...{ allowsSnapshots: true, seesState: true, mayWrite: true, ...options },
      ...{ file, locks: new LockBook(), sessions: this.#sessions, reads: this.reads, slow: this.slow },
    };
    this.#owner = new DatabaseSync(file);
    addFunctions(this.#owner);
    this.#owner.exec('pragma journal_mode = wal');
  }

  open({ user, database }: { readonly user: string; readonly database: string }): ReturnType<TdsDatabase['open']> {
    if (database !== this.#behind.name) {
      const message = `Cannot open database "${database}" requested by the login. The login failed.`;
      return {
        refused: [
          { number: 4060, severity: 11, message },
          { number: 18456, severity: 14, message: 'Login failed.' },
        ],
      };
    }
    const session = new BehindSession(this.#behind, user);
    this.#sessions.add(session);
    return session;
  }

  /**
   * Runs the owner's statement. What changes a table is refused while somebody holds it; who keeps writers off it is waited
   * for, about a second.
   */
  async sql(text: string): Promise<void> {
    const { locks } = this.#behind;
    if (!(await locks.write(text, { isOpen: this.#owner.isTransaction, limitMs: 1000 })))
      throw new Error('Lock request time out period exceeded. (1222)');
    this.#run(text);
    if (!this.#owner.isTransaction) locks.written();
  }

  #run(text: string): void {
    const altered = /^alter table (\w+) alter column (\w+) (.+)$/.exec(text);
    const changesShape = /^(?:alter|drop|truncate)\b/.test(text);
    if (changesShape && this.#behind.locks.isHeld(text))
      throw new Error('Lock request time out period exceeded. (1222)');
    if (altered === null) return this.#owner.exec(toSqlite(text));
    const [, table, column, type] = altered;
    this.#owner.exec(`alter table ${table} drop column ${column}; alter table ${table} add column ${column} ${type}`);
  }

  /** Sessions with a transaction or a statement under way. */
  get openTransactions(): number {
    return [...this.#sessions].filter(({ transaction, running }) => transaction !== null || running > 0).length;
  }

  stop(): void {
    for (const session of this.#sessions) session.close();
    this.#owner.close();
    this.#folder[Symbol.dispose]();
  }
}
