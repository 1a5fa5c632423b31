import { appError } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { BatchPool } from '../kit/batch-pool.ts';
import { BatchWriter } from '../kit/batch-writer.ts';
import { batchSchema } from './batch-schema.ts';
import { cellWriter, textBytes, type CellWriter, type StoredValue } from './cell-writers.ts';
import { sqliteDialect } from './dialect.ts';
import { timeLimit } from './errors.ts';
import type { OpenDatabase } from './open-database.ts';
import { BLOCK_BYTES, BLOCK_CELLS } from './reader-protocol.ts';

/** Rows between two looks at the clock. */
const LOOK_EVERY = 256;

/**
 * Rows of a read as batches; the consumer owns and releases them. Ends with a proof that the file stood still.
 * `statementTimeoutMs` counts the time in the library, not in the consumer; 0: no limit.
 */
export function* readRows(db: OpenDatabase, read: TableRead, statementTimeoutMs: number): Generator<RowBatch, void> {
  const pool = new BatchPool(batchSchema(read.columns), { blockBytes: BLOCK_BYTES, cells: BLOCK_CELLS });
  const writer = new BatchWriter(pool);
  const put = new RowPut(read, db.encoding);
  const clock = new LibraryClock(statementTimeoutMs);
  const rows = db.iterate(sqliteDialect.select(read));
  let open = true;
  try {
    for (let row = db.guard(() => rows.next()); row.done !== true; row = db.guard(() => rows.next())) {
      put.row(writer, row.value);
      for (let batch = writer.shift(); batch !== undefined; batch = writer.shift()) {
        clock.pause();
        yield batch;
        clock.resume();
      }
      if (put.rows % LOOK_EVERY === 0) clock.check();
    }
    db.verify();
    open = false;
    writer.finish();
    for (let batch = writer.shift(); batch !== undefined; batch = writer.shift()) yield batch;
  } finally {
    if (open) {
      rows.return?.();
      writer.discard();
    }
  }
}

/** Writes rows, and names the place of a value that cannot be written. */
class RowPut {
  rows = 0;
  readonly #read: TableRead;
  readonly #cells: readonly CellWriter[];

  constructor(read: TableRead, encoding: string) {
    this.#read = read;
    const toUtf8 = textBytes(encoding);
    this.#cells = read.columns.map((column) => cellWriter(column.type, toUtf8));
  }

  row(writer: BatchWriter, values: readonly StoredValue[]): void {
    this.rows++;
    for (const [i, cell] of this.#cells.entries()) {
      const value = values[i];
      if (value === null || value === undefined) {
        writer.writeNull();
        continue;
      }
      const found = cell(writer, value);
      if (found !== undefined) throw this.#unrepresentable(i, found);
    }
  }

  #unrepresentable(index: number, found: string): Error {
    const { source, columns } = this.#read;
    const column = columns[index];
    const table = source.kind === 'table' ? `${source.table.namespace}.${source.table.name}` : 'the query';
    const declared = column?.nativeType === '' ? 'no type' : (column?.nativeType ?? '');
    return appError('SOURCE/VALUE_UNREPRESENTABLE', {
      message: `The column ${column?.name ?? ''} of ${table} is declared with ${declared}, and row ${this.rows} holds ${found}.`,
      remedy: 'Correct the row, leave the column out, or convert it in a query, for instance with hex() or cast().',
      context: { table, column: column?.name ?? '', row: this.rows, found },
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
