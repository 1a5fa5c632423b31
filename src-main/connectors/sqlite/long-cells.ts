import type { StatementSync } from 'node:sqlite';
import { bug } from '../../../src-shared/errors/app-error.ts';
import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { releaseMemory } from '../../../src-shared/util/release-memory.ts';
import type { StoredValue } from './cell-writers.ts';
import { quoteName } from './dialect.ts';
import type { OpenDatabase } from './open-database.ts';
import { rowidName } from './rowid.ts';
import { guardedColumn } from './select-column.ts';

const SLICE_BYTES = 1024 * 1024;
const PIECE_BYTES = 4 * 1024 * 1024;
/** The library puts a value together anew for each piece that it is asked for. */
const PIECES = 16;

/**
 * Values of a table that are too long to be handed out whole: by the rowid of their row, in pieces, each a part of the bytes
 * as they are stored. The library has such a value in memory once; the driver would make a second one of it.
 */
export class LongCells {
  readonly #db: OpenDatabase;
  readonly #read: TableRead;
  /** Quoted, as is the next. */
  readonly #table: string;
  readonly #rowid: string;
  readonly #statements = new Map<number, Statements>();

  private constructor(db: OpenDatabase, read: TableRead, at: { readonly table: TableName; readonly rowid: string }) {
    this.#db = db;
    this.#read = read;
    this.#table = `${quoteName(at.table.namespace)}.${quoteName(at.table.name)}`;
    this.#rowid = quoteName(at.rowid);
  }

  /** null: a row of this read cannot be found again. */
  static of(db: OpenDatabase, read: TableRead): LongCells | null {
    if (read.source.kind !== 'table') return null;
    const { table } = read.source;
    const key = rowidName(db, table.name);
    return key === null ? null : new LongCells(db, read, { table, rowid: key.name });
  }

  /** The select list: the columns, with marks for long values, and the rowid behind the last of them. */
  get entries(): readonly string[] {
    const columns = this.#read.columns.map(({ name, type }) => guardedColumn(quoteName(name), type.kind));
    return [...columns, this.#rowid];
  }

  /** The value of column `index` in the row with this rowid. */
  *pieces(index: number, rowid: StoredValue | undefined): Generator<Uint8Array> {
    const { size, piece } = this.#statementsOf(index);
    const bytes = Number(this.#one(size, [rowid]));
    const most = Math.max(PIECE_BYTES, Math.ceil(bytes / PIECES));
    for (let at = 0; at < bytes;) {
      const found = this.#one(piece, [BigInt(at + 1), BigInt(most), rowid]);
      if (!(found instanceof Uint8Array) || found.length !== Math.min(most, bytes - at)) throw this.#torn();
      at += found.length;
      yield* slices(found);
    }
  }

  /** Within one snapshot this can only be a file that was written meanwhile. */
  #torn(): Error {
    this.#db.verify();
    return bug('a long value changed while it was read');
  }

  #one(statement: StatementSync, inputs: readonly (StoredValue | undefined)[]): StoredValue | undefined {
    const values = inputs.map((value) => value ?? null);
    const row = this.#db.guard(() => statement.get(...values) as unknown as StoredValue[] | undefined);
    return row?.[0];
  }

  #statementsOf(index: number): Statements {
    let statements = this.#statements.get(index);
    if (statements === undefined) {
      const name = quoteName(this.#read.columns[index]?.name ?? '');
      const rest = `from ${this.#table}\nwhere ${this.#rowid} = ?`;
      statements = {
        size: this.#db.prepare(`select octet_length(${name})\n${rest}`),
        piece: this.#db.prepare(`select substr(cast(${name} as blob), ?, ?)\n${rest}`),
      };
      this.#statements.set(index, statements);
    }
    return statements;
  }
}

/** A value of the driver in slices. Its memory is given back at once: the collector would let many of them pile up. */
export function* slices(value: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < value.length; at += SLICE_BYTES) yield value.subarray(at, at + SLICE_BYTES);
  releaseMemory(value);
}

interface Statements {
  readonly size: StatementSync;
  readonly piece: StatementSync;
}
