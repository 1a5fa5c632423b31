/** Rows as the driver hands them out, arrays of values, written into batches. */
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { BatchPool } from '../kit/batch-pool.ts';
import { BatchWriter } from '../kit/batch-writer.ts';
import { batchSchema } from './batch-schema.ts';
import { cellWriter, isLob, type CellWriter } from './cell-writers.ts';
import { BrokenText, lobParts } from './lob-parts.ts';

const BLOCK_BYTES = 1024 * 1024;
const BLOCK_CELLS = 16_384;

export class RowWriter {
  readonly #columns: readonly ReadColumn[];
  readonly #writers: readonly CellWriter[];
  readonly #writer: BatchWriter;
  readonly #source: string;
  #rows = 0;

  constructor({ source, columns }: Pick<TableRead, 'source' | 'columns'>) {
    this.#columns = columns;
    this.#writers = columns.map((column) => cellWriter(column));
    this.#source = source.kind === 'table' ? `${source.table.namespace}.${source.table.name}` : 'the query';
    this.#writer = new BatchWriter(
      new BatchPool(batchSchema(columns), { blockBytes: BLOCK_BYTES, cells: BLOCK_CELLS }),
    );
  }

  /** Writes a row, and gives the batches that are full. Between the pieces of a LOB they go before the row is over. */
  async *write(row: readonly unknown[]): AsyncGenerator<RowBatch> {
    for (let i = 0; i < this.#columns.length; i++) {
      const value = row[i];
      if (value === null || value === undefined) this.#writer.writeNull();
      else if (isLob(value)) {
        try {
          for await (const part of lobParts(value)) {
            this.#writer.writePart(part);
            yield* this.ready();
          }
        } catch (error) {
          throw error instanceof BrokenText ? this.#unrepresentable(i, 'half a surrogate pair') : error;
        } finally {
          // A temporary one would stay on the server until the session ends.
          value.destroy();
        }
        this.#writer.endParts();
      } else this.#cell(i, value);
    }
    this.#rows++;
    yield* this.ready();
  }

  /** Writes a row without LOBs at once; {@link ready} gives what is full. */
  writePlain(row: readonly unknown[]): void {
    for (let i = 0; i < this.#columns.length; i++) {
      const value = row[i];
      if (value === null || value === undefined) this.#writer.writeNull();
      else this.#cell(i, value);
    }
    this.#rows++;
  }

  *ready(): Generator<RowBatch> {
    for (let batch = this.#writer.shift(); batch !== undefined; batch = this.#writer.shift()) yield batch;
  }

  finish(): void {
    this.#writer.finish();
  }

  discard(): void {
    this.#writer.discard();
  }

  #cell(i: number, value: unknown): void {
    if (this.#writers[i]?.(this.#writer, value) === true) return;
    const isBroken = typeof value === 'string' && !value.isWellFormed();
    throw this.#unrepresentable(i, isBroken ? 'half a surrogate pair' : 'a value in a form that is not known');
  }

  #unrepresentable(i: number, found: string): Error {
    const row = this.#rows + 1;
    const column = this.#columns[i]?.name ?? '';
    return appError('SOURCE/VALUE_UNREPRESENTABLE', {
      message: `The column ${column} of ${this.#source} holds ${found} in row ${row}.`,
      remedy: 'Correct the row, leave the column out, or convert it in a query.',
      context: { table: this.#source, column, row, found },
    });
  }
}
