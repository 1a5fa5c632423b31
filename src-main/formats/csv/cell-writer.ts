import {
  BACKSLASH_ESCAPES,
  CELL_CUT,
  CELL_NULL,
  LONG_CELL_BYTES,
  type BatchSchema,
  type RowBatch,
} from '../../../src-shared/model/row-batch.ts';
import { bug } from '../../../src-shared/errors/app-error.ts';
import type { ByteSink } from '../../ports/byte-sink.ts';
import type { Utf8Output } from '../kit/utf8-output.ts';
import { valueUnencodable } from '../kit/value-unencodable.ts';
import { CellSource } from './cell-source.ts';
import type { CsvColumn, CsvLayout } from './csv-layout.ts';
import { isFormula, isFragileNumber } from './needs-guard.ts';
import { SEPARATOR_ROOM } from './separator-room.ts';
import { QuotedText } from './quoted-text.ts';
import { BareText, type BareFault } from './bare-text.ts';

/** Cells up to this size are written in one go; longer ones in pieces. */
const SMALL_CELL_BYTES = 32 * 1024;

const BACKSLASH = 0x5c;
const APOSTROPHE = 0x27;

/** Writes one cell with all the care it may need; the encoder copies those that need none by itself. */
export class CellWriter {
  readonly #layout: CsvLayout;
  readonly #schema: BatchSchema;
  readonly #output: Utf8Output;
  readonly #source: CellSource;
  readonly #quoted: QuotedText;
  readonly #bare: BareText;

  constructor(layout: CsvLayout, schema: BatchSchema, output: Utf8Output) {
    this.#layout = layout;
    this.#schema = schema;
    this.#output = output;
    this.#source = new CellSource(layout);
    this.#quoted = new QuotedText(layout, output);
    this.#bare = new BareText(layout, output);
  }

  /** Writes cell `cell` of the batch and leaves {@link SEPARATOR_ROOM} free bytes behind it. */
  write(batch: RowBatch, cell: number, out: ByteSink): void {
    const flags = batch.flags[cell] as number;
    if ((flags & CELL_NULL) !== 0) {
      const { nullText } = this.#layout;
      this.#output.room(out, nullText.length + SEPARATOR_ROOM);
      out.bytes.set(nullText, out.length);
      out.length += nullText.length;
      return;
    }
    const { columns } = this.#layout;
    const column = columns[(batch.firstColumn + cell) % columns.length];
    if (column === undefined) throw bug('a cell without a column');
    const isFirst = !(batch.fragment && batch.continues && cell === 0);
    const isLast = (flags & CELL_CUT) === 0;
    const size = (batch.ends[cell] as number) - (batch.starts[cell] as number);
    const source = this.#source;
    source.load(batch, cell, column, isFirst);
    const isSmall = isFirst && isLast && source.end - source.start <= SMALL_CELL_BYTES;
    if (isSmall && this.#layout.profile.refusesNullText === true && this.#equalsNull())
      throw this.#takenForNull(column, cell);
    if (!isSmall) source.unescape();
    const prefix = isFirst && this.#needsGuard(column, isSmall) ? APOSTROPHE : -1;
    if (this.#layout.quote < 0) {
      source.unescape();
      const fault = this.#bare.write({ source, prefix, isFirst, isLast }, out);
      if (fault !== null) throw this.#refusal(column, cell, fault);
    } else if (isSmall) this.#quoted.writeSmall({ source, prefix, alwaysQuoted: column.alwaysQuoted }, out);
    else {
      const alwaysQuoted = column.alwaysQuoted || !isLast || size > LONG_CELL_BYTES;
      this.#quoted.writeLarge({ source, prefix, alwaysQuoted, isFirst, isLast }, out);
    }
  }

  /** A text that is in no batch: a column's name. */
  writeName(name: Uint8Array, out: ByteSink): BareFault | null {
    const { profile, special } = this.#layout;
    const range = { bytes: name, start: 0, end: name.length, escaped: false };
    const isGuarded = profile.formulaGuard && name.length > 0 && isFormula(range, name[0] as number, false);
    const prefix = isGuarded ? APOSTROPHE : -1;
    if (this.#layout.quote < 0) return this.#bare.write({ source: range, prefix, isFirst: true, isLast: true }, out);
    const alwaysQuoted = profile.quoting === 'all' || profile.quoting === 'text' || special[prefix] === 1;
    this.#quoted.writeSmall({ source: range, prefix, alwaysQuoted }, out);
    return null;
  }

  #needsGuard(column: CsvColumn, isSmall: boolean): boolean {
    const { formulaGuard, numberGuard } = this.#layout.profile;
    const source = this.#source;
    if (source.end === source.start) return false;
    let first = source.bytes[source.start] as number;
    if (source.escaped && first === BACKSLASH) {
      first = BACKSLASH_ESCAPES[source.bytes[source.start + 1] as number] as number;
    }
    if (formulaGuard && isFormula(source, first, column.numeric)) return true;
    return numberGuard === true && isSmall && isFragileNumber(source, column.numeric);
  }

  #equalsNull(): boolean {
    const { nullText } = this.#layout;
    const source = this.#source;
    source.unescape();
    if (source.end - source.start !== nullText.length) return false;
    return nullText.every((byte, i) => byte === source.bytes[source.start + i]);
  }

  #takenForNull(column: CsvColumn, cell: number): Error {
    return valueUnencodable({
      column: column.name,
      row: this.#output.rowOf(cell, this.#schema),
      why: 'equals the NULL text of this profile, and its reader sees no quotes',
      remedy: 'Repair the value in the database, leave out or mask the column, or choose another profile.',
    });
  }

  #refusal(column: CsvColumn, cell: number, fault: BareFault): Error {
    return valueUnencodable({
      column: column.name,
      row: this.#output.rowOf(cell, this.#schema),
      why: WORDS[fault],
      remedy: 'Let the format use a quote, or choose a separator or NULL text that no value holds.',
    });
  }
}

const WORDS: Readonly<Record<BareFault, string>> = {
  separator: 'holds the delimiter or line ending of a file without quotes',
  null: 'equals the NULL text of a file without quotes',
};
