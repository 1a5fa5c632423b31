// A database behind the double: an SQLite file with a WAL, whose readers keep their moment while its owner writes. It is not
// Oracle, and answers nothing but what the contract suite and the connector ask.
import { DatabaseSync } from 'node:sqlite';
import { LockBook } from '../../servers/tds/behind/lock-book.ts';
import { ReadBook } from '../../servers/tds/behind/read-book.ts';
import { TempFolder } from '../temp-folder.ts';
import { BehindSession, type Behind } from './behind-session.ts';
import { Moments } from './moments.ts';
import { ServerFault } from './server-fault.ts';
import { addFunctions } from './sqlite-words.ts';
import { toSqlite } from './to-sqlite.ts';

const MODIFIED = /^alter table (\w+) modify \((\w+) (.+)\)$/;

export class BehindDatabase {
  readonly #folder = new TempFolder();
  readonly #owner: DatabaseSync;
  readonly #behind: Behind;
  readonly #sessions = new Set<BehindSession>();
  readonly reads = new ReadBook();

  constructor(options: Partial<Omit<Behind, 'file' | 'locks' | 'sessions' | 'moments' | 'reads'>>) {
    const file = this.#folder.join('behind.db');
    this.#behind = {
      ...{
        mayFlashback: true,
        mayLock: true,
        mayWrite: true,
        seesSessions: true,
        busy: 'no statement is busy',
        ...options,
      },
      ...{ file, locks: new LockBook(), sessions: this.#sessions, moments: new Moments(file), reads: this.reads },
    };
    this.#owner = new DatabaseSync(file);
    addFunctions(this.#owner);
    this.#owner.exec('pragma journal_mode = wal');
  }

  open(user: string): BehindSession {
    const session = new BehindSession(this.#behind, user);
    this.#sessions.add(session);
    return session;
  }

  /** Runs the owner's statement. What changes a table is refused while somebody holds it. */
  sql(text: string): void {
    if (/^(?:alter|drop|truncate)\b/.test(text) && this.#behind.locks.isHeld(text)) {
      throw new ServerFault('ORA-00054', 'resource busy and acquire with NOWAIT specified or timeout expired');
    }
    this.#behind.moments.pass();
    const [, table, column, type] = MODIFIED.exec(text) ?? [];
    if (table === undefined) return this.#owner.exec(toSqlite(text));
    const change = `alter table ${table} drop column ${column}`;
    this.#owner.exec(toSqlite(change));
    this.#owner.exec(toSqlite(`alter table ${table} add column ${column} ${type}`));
  }

  get openTransactions(): number {
    return [...this.#sessions].filter(({ hasTransaction }) => hasTransaction).length;
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  stop(): void {
    for (const session of this.#sessions) session.close();
    this.#behind.moments.stop();
    this.#owner.close();
    this.#folder[Symbol.dispose]();
  }
}
