import { isUtf8 } from 'node:buffer';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { BatchPool } from '../kit/batch-pool.ts';
import type { StoredValue } from './cell-writers.ts';
import { CountedCells } from './counted-cells.ts';
import type { GroupedStatements } from './grouped-statement.ts';
import type { OpenDatabase } from './open-database.ts';

/** What a group's text should come to. */
const GROUP_BYTES = 512 * 1024;
/** Beyond this the rows of a group are read one by one. */
const GROUP_BYTES_AT_MOST = 8 * GROUP_BYTES;
const FIRST_ROWS = 64;
const ROWS_AT_MOST = 16 * 1024;
/** By how much the number of rows goes up or down at a time. */
const STEP = 8;
/** After so many groups in a row that could not be had as text it is not tried again. */
const TRIES = 3;
const ALL = -1;
const FIRST_ROWID = -(2n ** 63n);

/** A group: a block of counted cells, or, where its text would not have been exact, its rows, each with its rowid behind the last column. These are to be read to their end. */
export type GroupFound = { readonly block: RowBatch } | { readonly rows: Iterable<readonly StoredValue[]> };

/** Reads a table group by group, in the order of its rowid. */
export class GroupedReader {
  readonly #db: OpenDatabase;
  readonly #pool: BatchPool;
  readonly #statements: GroupedStatements;
  readonly #cells: CountedCells;
  readonly #text: StatementSync;
  /** The rowid that the next group begins with, or the next one behind it. */
  #from = FIRST_ROWID;
  #rows = FIRST_ROWS;
  #failed = 0;
  #ended = false;

  constructor(db: OpenDatabase, pool: BatchPool, statements: GroupedStatements) {
    this.#db = db;
    this.#pool = pool;
    this.#statements = statements;
    this.#cells = new CountedCells(statements.columns, statements.marks);
    this.#text = db.prepare(statements.text);
  }

  /** The next group; null after the last. */
  next(): GroupFound | null {
    while (!this.#ended && this.#failed < TRIES) {
      const block = this.#group();
      if (block === 'end') return null;
      if (block !== null) {
        this.#failed = 0;
        return { block };
      }
      if (this.#rows <= FIRST_ROWS) {
        this.#failed++;
        return { rows: this.#oneByOne(this.#rows) };
      }
      // Most of these rows are as the others: only those around the one that is not are read one by one.
      this.#rows = Math.max(FIRST_ROWS, Math.ceil(this.#rows / STEP));
    }
    return this.#ended ? null : { rows: this.#oneByOne(ALL) };
  }

  /** null: the text of these rows would not be exact. */
  #group(): RowBatch | null | 'end' {
    const [count, last, refused, text] =
      this.#db.askWithin(GROUP_BYTES_AT_MOST, this.#text, this.#inputs(this.#rows)) ?? [];
    if (count === 0n) return 'end';
    if (typeof last !== 'bigint' || refused === 1n) return null;
    const block = this.#block(Number(count), text);
    if (block === null) return null;
    this.#behind(last);
    const wanted = Math.round((GROUP_BYTES * block.rows) / block.tail);
    this.#rows = Math.max(1, Math.min(ROWS_AT_MOST, STEP * this.#rows, wanted));
    return block;
  }

  #block(rows: number, text: StoredValue | undefined): RowBatch | null {
    if (!(text instanceof Uint8Array) || !isUtf8(text)) return null;
    const block = this.#pool.take();
    if (this.#cells.write({ rows, text, reals: () => this.#reals(rows) }, block)) return block;
    block.release();
    return null;
  }

  #reals(rows: number): readonly (readonly StoredValue[])[] {
    const { reals } = this.#statements;
    if (reals === null) return [];
    const statement = this.#db.prepare(reals);
    return this.#db.guard(() => statement.all(...this.#inputs(rows)) as unknown as StoredValue[][]);
  }

  *#oneByOne(atMost: number): Generator<readonly StoredValue[]> {
    const statement = this.#db.prepare(this.#statements.rows);
    const found = this.#db.guard(
      () => statement.iterate(...this.#inputs(atMost)) as unknown as IterableIterator<StoredValue[]>,
    );
    let count = 0;
    let open = true;
    try {
      for (;;) {
        const row = this.#db.guard(() => found.next());
        if (row.done === true) break;
        count++;
        const key = row.value.at(-1);
        if (typeof key === 'bigint') this.#behind(key);
        yield row.value;
      }
      open = false;
    } finally {
      if (open) found.return?.();
    }
    if (count < atMost || atMost === ALL) this.#ended = true;
  }

  #behind(rowid: bigint): void {
    this.#from = rowid + 1n;
    // There is none behind the last of them.
    if (this.#from > -(FIRST_ROWID + 1n)) this.#ended = true;
  }

  #inputs(rows: number): SQLInputValue[] {
    return [this.#from, rows];
  }
}
