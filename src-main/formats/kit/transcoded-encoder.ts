import { bug, type AppError } from '../../../src-shared/errors/app-error.ts';
import type { BatchSchema, RowBatch } from '../../../src-shared/model/row-batch.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { ByteSink } from '../../ports/byte-sink.ts';
import type { Encoder } from '../../ports/format.ts';
import { GrowingSink } from './growing-sink.ts';
import { locateCell } from './locate-cell.ts';
import type { TextEncoding } from './text-encoding.ts';
import { transcode } from './transcode.ts';
import { valueUnencodable } from './value-unencodable.ts';

/** Turns an encoder of UTF-8 text into one of another encoding; a character it lacks is refused, naming its cell. */
export class TranscodedEncoder implements Encoder {
  readonly layout = null;
  readonly #inner: Encoder;
  readonly #encoding: TextEncoding;
  readonly #schema: BatchSchema;
  readonly #text = new GrowingSink();
  readonly #probe = new GrowingSink();
  #rows = 0;

  constructor(inner: Encoder, encoding: TextEncoding, schema: BatchSchema) {
    this.#inner = inner;
    this.#encoding = encoding;
    this.#schema = schema;
  }

  begin(out: ByteSink): void {
    this.#inner.begin(this.#text);
    this.#move(out, () => {
      const column = this.#schema.columns.find((column) => this.#lacks(utf8(column.name)));
      return column === undefined ? bug('a separator has no bytes in this encoding') : this.#refusal(column.name, 0);
    });
  }

  encode(batch: RowBatch, out: ByteSink): void {
    this.#inner.encode(batch, this.#text);
    this.#move(out, () => {
      const place = locateCell(batch, this.#rows, (bytes) => this.#lacks(bytes));
      if (place === undefined) return bug('a separator has no bytes in this encoding');
      return this.#refusal(place.column, place.row);
    });
    this.#rows += batch.rows;
  }

  skip(rows: number): void {
    this.#inner.skip(rows);
    this.#rows += rows;
  }

  end(out: ByteSink): void {
    this.#inner.end(this.#text);
    this.#move(out, () => bug('the end of a file has no bytes in this encoding'));
  }

  #move(out: ByteSink, refusal: () => AppError): void {
    const text = this.#text.bytes.subarray(0, this.#text.length);
    this.#text.length = 0;
    if (transcode(text, this.#encoding, out) >= 0) throw refusal();
  }

  #lacks(bytes: Uint8Array): boolean {
    this.#probe.length = 0;
    return transcode(bytes, this.#encoding, this.#probe) >= 0;
  }

  #refusal(column: string, row: number): AppError {
    return valueUnencodable({
      column,
      row,
      why: `holds a character that ${this.#encoding.name} does not have`,
      remedy: 'Choose the encoding utf-8, or leave out or mask the column.',
    });
  }
}
