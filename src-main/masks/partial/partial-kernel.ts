import { CELL_NULL, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { MaskKernel } from '../../ports/mask.ts';
import { countCharacters } from '../kit/count-characters.ts';
import { PlainCell } from '../kit/plain-cell.ts';
import { plainFlagOf } from '../kit/plain-flag.ts';
import { requireWholeRows } from '../kit/require-whole-rows.ts';

export interface PartialSettings {
  readonly keepFirst: number;
  readonly keepLast: number;
  /** UTF-8 of the covering character. */
  readonly cover: Uint8Array;
}

export class PartialKernel implements MaskKernel {
  readonly #settings: PartialSettings;
  readonly #cell = new PlainCell();

  constructor(settings: PartialSettings) {
    this.#settings = settings;
  }

  apply(batch: RowBatch, column: number): void {
    requireWholeRows(batch);
    const columns = batch.schema.columns.length;
    for (let cell = column; cell < batch.cells; cell += columns) {
      if (((batch.flags[cell] as number) & CELL_NULL) === 0) this.#mask(batch, cell);
    }
  }

  #mask(batch: RowBatch, cell: number): void {
    const { keepFirst, keepLast, cover } = this.#settings;
    const source = this.#cell;
    source.read(batch, cell);
    const characters = countCharacters(source.bytes, source.start, source.end);
    const shown = keepFirst + keepLast;
    const covered = 2 * shown > characters ? characters : characters - shown;
    const headEnd = covered === characters ? source.start : afterFirst(source, keepFirst);
    const tailStart = covered === characters ? source.end : beforeLast(source, keepLast);

    const head = headEnd - source.start;
    const tail = source.end - tailStart;
    const start = batch.reserve(head + covered * cover.length + tail);
    let at = start;
    for (let i = 0; i < head; i++) batch.bytes[at++] = source.bytes[source.start + i] as number;
    for (let n = 0; n < covered; n++) {
      for (let i = 0; i < cover.length; i++) batch.bytes[at++] = cover[i] as number;
    }
    for (let i = 0; i < tail; i++) batch.bytes[at++] = source.bytes[tailStart + i] as number;
    batch.starts[cell] = start;
    batch.ends[cell] = at;
    batch.flags[cell] = plainFlagOf(batch.bytes, start, at);
  }
}

/** Position after the first `count` characters. */
function afterFirst(cell: PlainCell, count: number): number {
  let at = cell.start;
  for (let left = count; left > 0; left--) {
    do at++;
    while (at < cell.end && isContinuation(cell.bytes[at] as number));
  }
  return at;
}

/** Position of the first of the last `count` characters. */
function beforeLast(cell: PlainCell, count: number): number {
  let at = cell.end;
  for (let left = count; left > 0; left--) {
    do at--;
    while (at > cell.start && isContinuation(cell.bytes[at] as number));
  }
  return at;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
