// What every session of the stand-in does: settings, transactions, and the connector's own statements by their golden files.
import { knownStatement, type Known } from './golden-statements.ts';
import type { Reply, Statement, TdsSession } from './database.ts';
import { WIRE } from './wire-types.ts';

const ROLL_BACK = 'if @@trancount > 0 rollback transaction\nset transaction isolation level read committed';
let transactions = 1000n;

export abstract class StandInSession implements TdsSession {
  /** The number of the transaction that is open; null: none is. */
  transaction: bigint | null = null;
  level = 'read committed';
  /** Statements under way. */
  running = 0;

  async *run(statement: Statement): AsyncGenerator<Reply> {
    this.running++;
    try {
      if ((this.transaction ?? 0n) !== statement.transaction)
        throw new Error('the client believes in another transaction');
      yield* this.#replies(statement);
    } finally {
      this.running--;
    }
  }

  close(): void {
    this.transaction = null;
    this.running = 0;
  }

  /** The number that a statement's transaction has: its own where none is open. */
  transactionNumber(): bigint {
    return this.transaction ?? transactions++;
  }

  /** The transaction ends, as the server may decide by itself. */
  rollBack(): Reply {
    const id = this.transaction ?? 0n;
    this.transaction = null;
    this.onTransaction(false);
    return { transaction: 'rolled back', id };
  }

  /** One of the connector's own statements. */
  protected abstract own(known: Known, statement: Statement): Iterable<Reply> | AsyncIterable<Reply>;
  /** Any other. */
  protected abstract other(statement: Statement): Iterable<Reply> | AsyncIterable<Reply>;
  /** A transaction has begun or ended. */
  protected abstract onTransaction(isOpen: boolean): void;

  async *#replies(statement: Statement): AsyncGenerator<Reply> {
    const { text } = statement;
    const known = knownStatement(text);
    if (known !== null) return yield* this.own(known, statement);
    const level = /^set transaction isolation level (snapshot|read committed)$/.exec(text)?.[1];
    if (level !== undefined) this.level = level;
    else if (text === 'begin transaction') yield this.#begin();
    else if (text === ROLL_BACK) {
      this.level = 'read committed';
      if (this.transaction !== null) yield this.rollBack();
    } else if (text === 'select 1') {
      yield { columns: [{ name: '', type: WIRE.fixedInt(4) }] };
      yield { row: [1] };
      // Else the driver's own, after its login.
    } else if (!text.split('\n').every((line) => line.startsWith('set '))) yield* this.other(statement);
  }

  #begin(): Reply {
    if (this.transaction !== null) throw new Error('a transaction is open already');
    this.transaction = transactions++;
    this.onTransaction(true);
    return { transaction: 'begun', id: this.transaction };
  }
}
