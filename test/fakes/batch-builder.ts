import { fromHex } from '../../src-shared/util/hex.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import { isPlainRange } from '../../src-shared/model/plain-bytes.ts';
import {
  CELL_CUT,
  CELL_ESCAPED,
  CELL_NULL,
  CELL_PLAIN,
  RowBatch,
  type BatchSchema,
} from '../../src-shared/model/row-batch.ts';

/** One row as canonical texts; `raw` columns are given as hex digits too. */
export type TextRow = readonly (string | null)[];

export interface BatchBuilderHow {
  /** Cells that hold control characters or backslashes are stored escaped (`BatchSchema.escape` is `backslash`). */
  readonly escaped?: boolean;
  /** Plain cells are flagged PLAIN, as a connector does that has scanned them. Default true. */
  readonly plain?: boolean;
  /** Bytes between cells that belong to none, like a wire's separators. Default 1. */
  readonly gap?: number;
  /** Called when a batch is released. */
  readonly onRelease?: (batch: RowBatch) => void;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/**
 * Builds the batches of a test: `new BatchBuilder(schema).batch([['1', null]])`. Whole rows with {@link batch}, one row
 * in fragments with {@link fragments}.
 */
export class BatchBuilder {
  readonly schema: BatchSchema;
  readonly #how: BatchBuilderHow;

  constructor(schema: BatchSchema, how: BatchBuilderHow = {}) {
    this.schema = schema;
    this.#how = how;
  }

  /** One batch of whole rows. */
  batch(rows: readonly TextRow[]): RowBatch {
    const batch = this.#empty(rows.length * this.schema.columns.length);
    for (const row of rows) {
      if (row.length !== this.schema.columns.length) throw new RangeError('a row must have a value for every column');
      for (const [column, text] of row.entries()) this.#append(batch, column, text);
    }
    batch.rows = rows.length;
    return batch;
  }

  /**
   * One row as fragment batches: every value longer than `cutAt` bytes travels in pieces of at most `cutAt`, cut at
   * characters. Each batch ends at a cut, the last one at the end of the row.
   */
  fragments(row: TextRow, cutAt: number): RowBatch[] {
    const batches: RowBatch[] = [];
    let batch = this.#fragment(0, false);
    for (const [column, text] of row.entries()) {
      const pieces = text === null ? [null] : piecesOf(text, cutAt, this.schema.columns[column]?.form !== 'utf8');
      for (const [index, piece] of pieces.entries()) {
        this.#append(batch, column, piece);
        if (index === pieces.length - 1) continue;
        const last = batch.cells - 1;
        batch.flags[last] = (batch.flags[last] ?? 0) | CELL_CUT;
        batches.push(batch);
        batch = this.#fragment(column, true);
      }
    }
    batch.rows = 1;
    batches.push(batch);
    return batches;
  }

  #fragment(firstColumn: number, continues: boolean): RowBatch {
    const batch = this.#empty(this.schema.columns.length);
    batch.fragment = true;
    batch.firstColumn = firstColumn;
    batch.continues = continues;
    return batch;
  }

  #empty(cells: number): RowBatch {
    return new RowBatch(this.schema, new Uint8Array(256), { cells, owner: this.#how.onRelease });
  }

  #append(batch: RowBatch, column: number, text: string | null): void {
    const { escaped = false, plain = true, gap = 1 } = this.#how;
    const cell = batch.cells++;
    batch.ensureCells(batch.cells);
    batch.bytes.fill(0x0a, batch.reserve(gap), batch.tail);
    if (text === null) {
      batch.flags[cell] = CELL_NULL;
      // Offsets of a NULL are meaningless: whoever reads them anyway must fail.
      batch.starts[cell] = batch.ends[cell] = 0xffffffff;
      return;
    }
    const raw = this.schema.columns[column]?.form === 'raw';
    const escapedText = escaped && !raw ? text.replaceAll(/[\b\f\n\r\t\v\\]/g, (char) => ESCAPES[char] ?? char) : text;
    const bytes = raw ? hexBytes(text) : utf8(escapedText);
    const start = batch.reserve(bytes.length);
    batch.bytes.set(bytes, start);
    batch.starts[cell] = start;
    batch.ends[cell] = batch.tail;
    if (escapedText !== text) batch.flags[cell] = CELL_ESCAPED;
    else if (plain && !raw && isPlainRange(batch.bytes, start, batch.tail)) batch.flags[cell] = CELL_PLAIN;
  }
}

function hexBytes(text: string): Uint8Array {
  const bytes = fromHex(text);
  if (bytes === undefined) throw new RangeError('a raw cell is given as an even number of hex digits');
  return bytes;
}

function piecesOf(text: string, cutAt: number, ascii: boolean): string[] {
  const bytes = utf8(text);
  if (bytes.length <= cutAt) return [text];
  const pieces: string[] = [];
  const decoder = new TextDecoder();
  for (let start = 0; start < bytes.length;) {
    let end = Math.min(bytes.length, start + cutAt);
    if (ascii) end -= (end - start) % 2;
    while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
    pieces.push(decoder.decode(bytes.subarray(start, end)));
    start = end;
  }
  return pieces;
}
