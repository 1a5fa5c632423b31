import { appError } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { BatchPool } from '../kit/batch-pool.ts';
import { BatchWriter } from '../kit/batch-writer.ts';
import { batchSchema } from './batch-schema.ts';
import { cellWriter, textBytes, type CellWriter, type StoredValue } from './cell-writers.ts';
import { selectEntries, sqliteDialect } from './dialect.ts';
import { timeLimit } from './errors.ts';
import type { OpenDatabase } from './open-database.ts';
import { groupedStatements, type GroupedStatements } from './grouped-statement.ts';
import { LongCells, slices } from './long-cells.ts';
import { LongText } from './long-text.ts';
import { GroupedReader } from './read-grouped.ts';
import { BLOCK_BYTES, BLOCK_CELLS } from './reader-protocol.ts';
import { LONG_MARK, mayBeLong } from './select-column.ts';

/** Rows between two looks at the clock. */
const LOOK_EVERY = 256;
/** The row is written to its end. */
const WHOLE = -1;

export interface ReadRowsHow {
  /** Counts the time in the library, not in the consumer; 0: no limit. */
  readonly statementTimeoutMs: number;
  /** Blocks of counted cells are wanted where there can be some. */
  readonly wire: boolean;
}

/** Rows of a read as batches; the consumer owns and releases them. Ends with a proof that the file stood still. */
export function* readRows(db: OpenDatabase, read: TableRead, how: ReadRowsHow): Generator<RowBatch, void> {
  const statements = how.wire ? groupedStatements(db, read) : null;
  if (statements === null) yield* readOneByOne(db, read, how);
  else yield* readGroups(db, read, { ...how, statements });
}

function* readGroups(
  db: OpenDatabase,
  read: TableRead,
  { statements, statementTimeoutMs }: ReadRowsHow & { readonly statements: GroupedStatements },
): Generator<RowBatch, void> {
  const pool = new BatchPool(batchSchema(read.columns), { blockBytes: BLOCK_BYTES, cells: 0 });
  const groups = new GroupedReader(db, pool, statements);
  const put = new RowPut(db, read, LongCells.of(db, read));
  const clock = new LibraryClock(statementTimeoutMs);
  for (let group = groups.next(); group !== null; group = groups.next()) {
    clock.check();
    clock.pause();
    if ('block' in group) {
      put.rows += group.block.rows;
      yield group.block;
      clock.resume();
      continue;
    }
    clock.resume();
    yield* writeRows(group.rows, { writer: new BatchWriter(pool), put, clock });
  }
  db.verify();
}

interface Writing {
  readonly writer: BatchWriter;
  readonly put: RowPut;
  readonly clock: LibraryClock;
}

function* writeRows(rows: Iterable<readonly StoredValue[]>, writing: Writing): Generator<RowBatch, void> {
  const { writer, put, clock } = writing;
  let open = true;
  try {
    for (const row of rows) {
      for (let at = put.row(writer, row, 0); at !== WHOLE; at = put.row(writer, row, at + 1)) {
        for (const part of put.parts(row, at)) {
          writer.writePart(part);
          yield* full(writing);
          clock.check();
        }
        writer.endParts();
      }
      yield* full(writing);
      if (put.rows % LOOK_EVERY === 0) clock.check();
    }
    open = false;
    writer.finish();
    yield* full(writing);
  } finally {
    if (open) writer.discard();
  }
}

/** What is ready of the batches; the consumer's time does not count. */
function* full({ writer, clock }: Writing): Generator<RowBatch, void> {
  for (let batch = writer.shift(); batch !== undefined; batch = writer.shift()) {
    clock.pause();
    yield batch;
    clock.resume();
  }
}

function* readOneByOne(
  db: OpenDatabase,
  read: TableRead,
  { statementTimeoutMs }: ReadRowsHow,
): Generator<RowBatch, void> {
  const pool = new BatchPool(batchSchema(read.columns), { blockBytes: BLOCK_BYTES, cells: BLOCK_CELLS });
  const writer = new BatchWriter(pool);
  const long = LongCells.of(db, read);
  const put = new RowPut(db, read, long);
  const clock = new LibraryClock(statementTimeoutMs);
  const rows = db.iterate(long === null ? sqliteDialect.select(read) : selectEntries(read, long.entries));
  yield* writeRows(guarded(db, rows), { writer, put, clock });
  db.verify();
}

/** Each step within the library; a reader that leaves early ends the statement. */
function* guarded(db: OpenDatabase, rows: Iterator<StoredValue[]>): Generator<readonly StoredValue[]> {
  let open = true;
  try {
    for (let row = db.guard(() => rows.next()); row.done !== true; row = db.guard(() => rows.next())) yield row.value;
    open = false;
  } finally {
    if (open) rows.return?.();
  }
}

/** Writes rows, and names the place of a value that cannot be written. */
class RowPut {
  rows = 0;
  readonly #read: TableRead;
  readonly #encoding: string;
  readonly #cells: readonly CellWriter[];
  readonly #mayBeLong: readonly boolean[];
  /** null: rows come without their rowid, and long values whole. */
  readonly #long: LongCells | null;

  constructor({ encoding }: OpenDatabase, read: TableRead, long: LongCells | null) {
    this.#read = read;
    this.#encoding = encoding;
    const toUtf8 = textBytes(encoding);
    this.#cells = read.columns.map((column) => cellWriter(column.type, toUtf8));
    this.#mayBeLong = read.columns.map(({ type }) => mayBeLong(type.kind));
    this.#long = long;
  }

  /** Writes the cells from column `from` on, up to a long one, whose column it gives: that is to be written in its {@link parts}. */
  row(writer: BatchWriter, values: readonly StoredValue[], from: number): number {
    for (let i = from; i < this.#cells.length; i++) {
      const value = values[i];
      if (value === null || value === undefined) {
        writer.writeNull();
        continue;
      }
      if (this.#isLong(i, value)) return i;
      const found = this.#cells[i]?.(writer, value);
      if (found !== undefined) throw this.#unrepresentable(i, found);
    }
    this.rows++;
    return WHOLE;
  }

  /** A long cell in parts of whole characters. */
  *parts(values: readonly StoredValue[], index: number): Generator<Uint8Array> {
    const { kind } = this.#read.columns[index]?.type ?? { kind: 'bytes' };
    const text = kind === 'bytes' ? null : new LongText(this.#encoding, kind === 'json');
    for (const piece of this.#pieces(values, index)) {
      const part = text === null ? piece : text.push(piece);
      if (typeof part === 'string') throw this.#unrepresentable(index, part);
      yield part;
    }
    const found = text?.end();
    if (found !== undefined) throw this.#unrepresentable(index, found);
  }

  #isLong(index: number, value: Exclude<StoredValue, null>): boolean {
    if (this.#mayBeLong[index] !== true) return false;
    return this.#long === null ? value instanceof Uint8Array && value.length > BLOCK_BYTES : value === LONG_MARK;
  }

  *#pieces(values: readonly StoredValue[], index: number): Generator<Uint8Array> {
    if (this.#long !== null) return yield* this.#long.pieces(index, values[this.#cells.length]);
    const value = values[index];
    if (value instanceof Uint8Array) yield* slices(value);
  }

  #unrepresentable(index: number, found: string): Error {
    const { source, columns } = this.#read;
    const column = columns[index];
    const row = this.rows + 1;
    const table = source.kind === 'table' ? `${source.table.namespace}.${source.table.name}` : 'the query';
    const declared = column?.nativeType === '' ? 'no type' : (column?.nativeType ?? '');
    return appError('SOURCE/VALUE_UNREPRESENTABLE', {
      message: `The column ${column?.name ?? ''} of ${table} is declared with ${declared}, and row ${row} holds ${found}.`,
      remedy: 'Correct the row, leave the column out, or convert it in a query, for instance with hex() or cast().',
      context: { table, column: column?.name ?? '', row, found },
    });
  }
}

/** Counts the time in the library. A step that never ends is the parent's to notice. */
class LibraryClock {
  readonly #limitMs: number;
  #since = performance.now();
  #spentMs = 0;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  check(): void {
    if (this.#limitMs !== 0 && this.#spentMs + performance.now() - this.#since >= this.#limitMs) throw timeLimit();
  }

  pause(): void {
    this.#spentMs += performance.now() - this.#since;
  }

  resume(): void {
    this.#since = performance.now();
  }
}
