// The moments of the file behind the double, by system change number: each that was asked for is kept, so that any session can
// read as of it.
import { DatabaseSync } from 'node:sqlite';
import { ServerFault } from './server-fault.ts';
import { addFunctions } from './sqlite-words.ts';

export class Moments {
  readonly #file: string;
  readonly #kept = new Map<string, DatabaseSync>();
  #now = 4711n;

  constructor(file: string) {
    this.#file = file;
  }

  /** Something was written. */
  pass(): void {
    this.#now++;
  }

  /** The number of now. */
  now(): string {
    const number = String(this.#now);
    if (!this.#kept.has(number)) this.#kept.set(number, this.#keep());
    return number;
  }

  /** The file as it was. */
  at(number: string): DatabaseSync {
    if (BigInt(number) > this.#now) throw new ServerFault('ORA-08181', 'specified number is not a valid SCN');
    const kept = this.#kept.get(number);
    if (kept === undefined) throw new ServerFault('ORA-01555', 'snapshot too old');
    return kept;
  }

  stop(): void {
    for (const db of this.#kept.values()) db.close();
  }

  #keep(): DatabaseSync {
    const db = new DatabaseSync(this.#file, { readOnly: true, timeout: 1000 });
    addFunctions(db);
    db.exec('begin');
    db.prepare('select count(*) from sqlite_schema').get();
    return db;
  }
}
