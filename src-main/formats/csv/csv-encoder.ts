import {
  CELL_CUT,
  CELL_ESCAPED,
  CELL_NULL,
  CELL_PLAIN,
  type BatchSchema,
  type RowBatch,
} from '../../../src-shared/model/row-batch.ts';
import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { ByteSink } from '../../ports/byte-sink.ts';
import type { Encoder } from '../../ports/format.ts';
import type { DelimitedLayout } from '../../ports/kernel.ts';
import { appendBytes } from '../kit/append-bytes.ts';
import { Utf8Output } from '../kit/utf8-output.ts';
import { valueUnencodable } from '../kit/value-unencodable.ts';
import { CellWriter } from './cell-writer.ts';
import { compileLayout, type CsvLayout } from './csv-layout.ts';
import { delimitedLayout } from './delimited-layout.ts';
import { SEPARATOR_ROOM } from './separator-room.ts';

const BOM = Uint8Array.of(0xef, 0xbb, 0xbf);

/** Longer cells are copied by one native call, shorter ones byte by byte; about where the two cost the same. */
const NATIVE_COPY_BYTES = 64;

/** Longer cells go in pieces, so that blocks need not grow. */
const COPY_MAX_BYTES = 32 * 1024;

/** Writes UTF-8 CSV. Cells that need no look (safe types, PLAIN flags) are copied here; {@link CellWriter} does the rest. */
export class CsvEncoder implements Encoder {
  readonly layout: DelimitedLayout | null;
  readonly #layout: CsvLayout;
  readonly #output: Utf8Output;
  readonly #cells: CellWriter;
  /** By column: cells with one of these flags cannot be copied … */
  readonly #hinder: Uint8Array;
  /** … and those without these cannot either. */
  readonly #require: Uint8Array;

  constructor(schema: BatchSchema, profile: CsvProfile) {
    const layout = compileLayout(schema, profile);
    this.layout = delimitedLayout(schema, layout);
    this.#layout = layout;
    this.#output = new Utf8Output({ refusesNul: profile.refusesNul });
    this.#cells = new CellWriter(layout, schema, this.#output);
    this.#hinder = new Uint8Array(layout.columns.length).fill(CELL_NULL | CELL_ESCAPED);
    this.#require = Uint8Array.from(layout.columns, ({ mode, alwaysQuoted }) => {
      if (mode === 'safe') return 0;
      return mode === 'text' && !alwaysQuoted && layout.plainIsSafe ? CELL_PLAIN : 0xff;
    });
  }

  begin(out: ByteSink): void {
    const { profile, delimiter, lineEnding, columns } = this.#layout;
    if (profile.bom) appendBytes(out, BOM);
    if (!profile.header) return;
    for (const [index, { name }] of columns.entries()) {
      if (index > 0) appendBytes(out, delimiter);
      const fault = this.#cells.writeName(utf8(name), out);
      if (fault === null) continue;
      throw valueUnencodable({
        column: name,
        row: 0,
        why: 'cannot stand in a file without quotes',
        remedy: 'Let the format use a quote, choose another delimiter, or turn the header off.',
      });
    }
    appendBytes(out, lineEnding);
  }

  encode(batch: RowBatch, out: ByteSink): void {
    this.#output.begin(batch, out);
    if (batch.fragment) this.#fragment(batch, out);
    else this.#rows(batch, out);
    this.#output.end(batch, out);
  }

  skip(rows: number): void {
    this.#output.rows += rows;
  }

  end(): void {
    // CSV has no end mark: the last line ending is part of the last row.
  }

  #rows(batch: RowBatch, out: ByteSink): void {
    const { starts, ends, flags, bytes } = batch;
    const { delimiter, lineEnding, nullText } = this.#layout;
    const hinder = this.#hinder;
    const require = this.#require;
    const columns = require.length;
    const nullLength = nullText.length;
    let to = out.bytes;
    let at = out.length;
    let room = to.length - SEPARATOR_ROOM;
    let column = 0;
    for (let cell = 0; cell < batch.cells; cell++) {
      const flag = flags[cell] as number;
      const required = require[column] as number;
      const start = starts[cell] as number;
      const size = (ends[cell] as number) - start;
      const isCopied =
        (flag & (hinder[column] as number)) === 0 &&
        (flag & required) === required &&
        size > 0 &&
        (size !== nullLength || required === 0) &&
        size <= COPY_MAX_BYTES;
      if (isCopied) {
        if (at + size > room) {
          out.length = at;
          this.#output.room(out, size + SEPARATOR_ROOM);
          to = out.bytes;
          at = out.length;
          room = to.length - SEPARATOR_ROOM;
        }
        if (size < NATIVE_COPY_BYTES) for (let i = start, end = start + size; i < end;) to[at++] = bytes[i++] as number;
        else {
          to.set(bytes.subarray(start, start + size), at);
          at += size;
        }
      } else {
        out.length = at;
        this.#cells.write(batch, cell, out);
        to = out.bytes;
        at = out.length;
        room = to.length - SEPARATOR_ROOM;
      }
      const isLast = ++column === columns;
      if (isLast) column = 0;
      const separator = isLast ? lineEnding : delimiter;
      for (let i = 0; i < separator.length; i++) to[at++] = separator[i] as number;
    }
    out.length = at;
  }

  #fragment(batch: RowBatch, out: ByteSink): void {
    const { delimiter, lineEnding } = this.#layout;
    for (let cell = 0; cell < batch.cells; cell++) {
      this.#cells.write(batch, cell, out);
      const isEnd = cell === batch.cells - 1;
      if (isEnd && ((batch.flags[cell] as number) & CELL_CUT) !== 0) return;
      const separator = isEnd && batch.rows === 1 ? lineEnding : delimiter;
      out.bytes.set(separator, out.length);
      out.length += separator.length;
    }
  }
}
