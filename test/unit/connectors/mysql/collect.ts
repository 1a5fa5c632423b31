import { expect } from 'vitest';
import { ResultReader } from '../../../../src-main/connectors/mysql/result-reader.ts';
import type { WireRules } from '../../../../src-main/connectors/mysql/result-head.ts';
import { batchSchema } from '../../../../src-main/connectors/mysql/batch-schema.ts';
import { CELL_CUT, CELL_NULL, CELL_PLAIN, LONG_CELL_BYTES } from '../../../../src-shared/model/row-batch.ts';
import type { RowBatch } from '../../../../src-shared/model/row-batch.ts';
import type { LogicalType } from '../../../../src-shared/model/logical-type.ts';
import type { ReadColumn } from '../../../../src-shared/model/table-read.ts';
import { isPlainRange } from '../../../../src-shared/model/plain-bytes.ts';

export const TEXT: LogicalType = { kind: 'text', maxCharacters: null };
export const BYTES: LogicalType = { kind: 'bytes', maxBytes: null };
export const RULES: WireRules = { deprecateEof: false, extendedMetadata: false };

export function columnsOf(...types: readonly LogicalType[]): ReadColumn[] {
  return types.map((type, i) => ({ name: `c${i}`, nativeType: type.kind, nullable: true, type }));
}

export interface ReaderHow {
  readonly rules?: WireRules;
  readonly wire?: boolean;
  readonly sequence?: number;
}

export function readerOf(columns: readonly ReadColumn[], how: ReaderHow = {}): ResultReader {
  const { rules = RULES, wire = false, sequence = 1 } = how;
  return new ResultReader({ rules, sequence, wire, schema: () => batchSchema(columns) });
}

/** Joins rows from batches, and checks on the way what row-batch.md §2, §3 and §5 demand of every batch. */
export class Collected {
  readonly rows: (Uint8Array | null)[][] = [];
  fragments = 0;
  #open: (Uint8Array | null)[] = [];

  add(batch: RowBatch): void {
    const width = batch.schema.columns.length;
    expect(batch.fragment ? this.#open.length - (batch.continues ? 1 : 0) : batch.cells).toBe(
      batch.fragment ? batch.firstColumn : batch.rows * width,
    );
    if (batch.fragment) this.fragments++;
    for (let cell = 0; cell < batch.cells; cell++) this.#cell(batch, cell, width);
    batch.release();
  }

  #cell(batch: RowBatch, cell: number, width: number): void {
    const flags = batch.flags[cell] ?? 0;
    const [start = 0, end = 0] = [batch.starts[cell], batch.ends[cell]];
    if (end > batch.tail || start > end) throw new Error('a cell lies outside its arena');
    if (flags & CELL_PLAIN && !isPlainRange(batch.bytes, start, end)) throw new Error('PLAIN is not true');
    const form = batch.schema.columns[(batch.firstColumn + cell) % width]?.form;
    if (form === 'raw' && flags & CELL_PLAIN) throw new Error('raw is never PLAIN');
    if (!batch.fragment && end - start > LONG_CELL_BYTES) throw new Error('a long cell in whole rows');
    if (flags & CELL_CUT && (cell !== batch.cells - 1 || start === end)) throw new Error('a bad cut');
    const bytes = batch.bytes.slice(start, end);
    if (form === 'utf8') new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value = flags & CELL_NULL ? null : bytes;
    if (cell === 0 && batch.continues) {
      const before = this.#open.pop();
      this.#open.push(Buffer.concat([before ?? new Uint8Array(), bytes]));
    } else this.#open.push(value);
    const ends = batch.fragment ? batch.rows === 1 && cell === batch.cells - 1 : this.#open.length === width;
    if (!ends) return;
    expect(this.#open).toHaveLength(width);
    this.rows.push(this.#open.splice(0));
  }

  get texts(): (string | null)[][] {
    return this.rows.map((row) => row.map((cell) => (cell === null ? null : Buffer.from(cell).toString())));
  }
}

/** Pushes chunks as a socket would, taking batches after each. */
export function collect(reader: ResultReader, chunks: Iterable<Uint8Array>): Collected {
  const collected = new Collected();
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let batch = reader.shift(); batch !== undefined; batch = reader.shift()) collected.add(batch);
  }
  return collected;
}

export function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}
