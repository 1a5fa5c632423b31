import { isUtf8 } from 'node:buffer';
import { bug } from '../../../src-shared/errors/app-error.ts';
import type { BatchSchema, RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { ByteSink } from '../../ports/byte-sink.ts';
import { locateCell } from './locate-cell.ts';
import { holdsNul, invalidUtf8 } from './value-unencodable.ts';

/**
 * Keeps a text file valid UTF-8: looks at all that a batch added before it can leave the sink, in one native call per
 * block instead of one check per cell. Encoders therefore ask for room here, and only at character boundaries.
 */
export class Utf8Output {
  /** Rows of this part file before the current batch. */
  rows = 0;
  readonly #refusesNul: boolean;
  #batch: RowBatch | undefined;
  #from = 0;

  constructor({ refusesNul = false }: { readonly refusesNul?: boolean | undefined } = {}) {
    this.#refusesNul = refusesNul;
  }

  begin(batch: RowBatch, out: ByteSink): void {
    this.#batch = batch;
    this.#from = out.length;
  }

  end(batch: RowBatch, out: ByteSink): void {
    this.#check(out);
    this.#batch = undefined;
    this.rows += batch.rows;
  }

  room(out: ByteSink, size: number): void {
    if (out.bytes.length - out.length >= size) return;
    this.#check(out);
    out.room(size);
    this.#from = out.length;
  }

  /** 1-based row of the part file that cell `cell` of the current batch belongs to. */
  rowOf(cell: number, schema: BatchSchema): number {
    const first = this.#batch?.firstColumn ?? 0;
    return this.rows + Math.floor((first + cell) / schema.columns.length) + 1;
  }

  #check(out: ByteSink): void {
    const added = out.bytes.subarray(this.#from, out.length);
    if (this.#refusesNul && this.#batch !== undefined && added.includes(0)) throw this.#holdsNul(this.#batch);
    if (isUtf8(added) || this.#batch === undefined) return;
    const place = locateCell(this.#batch, this.rows, (bytes) => !isUtf8(bytes));
    throw place === undefined ? bug('an encoder split a character') : invalidUtf8(place.column, place.row);
  }

  #holdsNul(batch: RowBatch): Error {
    const place = locateCell(batch, this.rows, (bytes) => bytes.includes(0));
    return place === undefined ? bug('an encoder wrote a NUL character') : holdsNul(place.column, place.row);
  }
}
