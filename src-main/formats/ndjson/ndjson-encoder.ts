import {
  CELL_CUT,
  CELL_ESCAPED,
  CELL_NULL,
  CELL_PLAIN,
  type BatchSchema,
  type RowBatch,
} from '../../../src-shared/model/row-batch.ts';
import { bug } from '../../../src-shared/errors/app-error.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { ByteSink } from '../../ports/byte-sink.ts';
import type { Encoder } from '../../ports/format.ts';
import { Utf8Output } from '../kit/utf8-output.ts';
import { valueUnencodable } from '../kit/value-unencodable.ts';
import { ESCAPED_BYTE_MAX, writeStringPiece } from './json-string.ts';
import type { NdjsonOptions } from './ndjson-options.ts';
import { valueModeOf, type ValueMode } from './value-mode.ts';
import { ValueWriter, type ValueFault } from './value-writer.ts';

const NULL = utf8('null');
const LINE_END = utf8('}\n');
const QUOTE = 0x22;
const SMALL_TEXT_BYTES = 8 * 1024;
const ROOM = 16;

/** Writes one JSON object per line (https://github.com/ndjson/ndjson-spec), keys in column order, no blanks. */
export class NdjsonEncoder implements Encoder {
  readonly #schema: BatchSchema;
  readonly layout = null;
  readonly #output = new Utf8Output();
  readonly #values: ValueWriter;
  readonly #modes: readonly ValueMode[];
  /** What stands before a column's value: `{"id":` or `,"name":`. */
  readonly #keys: readonly Uint8Array[];

  constructor(schema: BatchSchema, options: NdjsonOptions) {
    this.#schema = schema;
    this.#modes = schema.columns.map((column) => valueModeOf(column, options));
    this.#values = new ValueWriter(this.#output, this.#modes);
    this.#keys = schema.columns.map(({ name }, index) => keyBytes(name, index === 0 ? '{' : ','));
  }

  begin(): void {
    // NDJSON has no header.
  }

  encode(batch: RowBatch, out: ByteSink): void {
    this.#output.begin(batch, out);
    const columns = this.#keys.length;
    let column = batch.firstColumn;
    for (let cell = 0; cell < batch.cells; cell++) {
      const flags = batch.flags[cell] as number;
      if (cell > 0 || !batch.continues) this.#key(column, out);
      this.#value(batch, cell, out);
      if ((flags & CELL_CUT) !== 0) break;
      if (++column < columns) continue;
      column = 0;
      this.#constant(LINE_END, out);
    }
    this.#output.end(batch, out);
  }

  skip(rows: number): void {
    this.#output.rows += rows;
  }

  end(): void {
    // The last line is whole already.
  }

  #key(column: number, out: ByteSink): void {
    const key = this.#keys[column];
    if (key === undefined) throw bug('a cell without a column');
    this.#constant(key, out);
  }

  #constant(bytes: Uint8Array, out: ByteSink): void {
    this.#output.room(out, bytes.length + ROOM);
    const to = out.bytes;
    let at = out.length;
    for (let i = 0; i < bytes.length; i++) to[at++] = bytes[i] as number;
    out.length = at;
  }

  #value(batch: RowBatch, cell: number, out: ByteSink): void {
    const flags = batch.flags[cell] as number;
    if ((flags & CELL_NULL) !== 0) {
      this.#constant(NULL, out);
      return;
    }
    const column = (batch.firstColumn + cell) % this.#modes.length;
    const mode = this.#modes[column];
    const start = batch.starts[cell] as number;
    const end = batch.ends[cell] as number;
    if (mode === 'string' && end - start <= SMALL_TEXT_BYTES && !this.#isPart(batch, cell)) {
      this.#output.room(out, ESCAPED_BYTE_MAX * (end - start) + ROOM);
      const { bytes } = batch;
      const to = out.bytes;
      let at = out.length;
      to[at++] = QUOTE;
      if ((flags & CELL_PLAIN) !== 0) for (let i = start; i < end; i++) to[at++] = bytes[i] as number;
      else at = writeStringPiece({ bytes, start, end, escaped: (flags & CELL_ESCAPED) !== 0 }, to, at);
      to[at++] = QUOTE;
      out.length = at;
      return;
    }
    const fault = this.#values.write(batch, cell, out);
    if (fault !== null) throw this.#refusal(fault, cell, column);
  }

  #isPart(batch: RowBatch, cell: number): boolean {
    return batch.fragment && ((batch.continues && cell === 0) || ((batch.flags[cell] as number) & CELL_CUT) !== 0);
  }

  #refusal(fault: ValueFault, cell: number, column: number): Error {
    return valueUnencodable({
      column: this.#schema.columns[column]?.name ?? '',
      row: this.#output.rowOf(cell, this.#schema),
      why: fault === 'not JSON' ? 'holds text that is not valid JSON' : 'holds a number JSON cannot express',
      remedy: 'Repair the value in the database, or leave out or mask the column.',
    });
  }
}

function keyBytes(name: string, before: '{' | ','): Uint8Array {
  const text = utf8(name);
  const key = new Uint8Array(ESCAPED_BYTE_MAX * text.length);
  const end = writeStringPiece({ bytes: text, start: 0, end: text.length, escaped: false }, key, 0);
  return Uint8Array.from([before.charCodeAt(0), QUOTE, ...key.subarray(0, end), QUOTE, 0x3a]);
}
