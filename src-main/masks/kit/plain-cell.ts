import { CELL_ESCAPED, unescapeInto, type RowBatch } from '../../../src-shared/model/row-batch.ts';

/**
 * A window on the plain bytes of one cell at a time. An unescaped cell is looked at where it lies; an ESCAPED one is
 * unescaped into a scratch buffer that is kept, so that no cell costs an allocation. Valid until the next `read`.
 */
export class PlainCell {
  bytes: Uint8Array;
  start = 0;
  end = 0;
  #scratch = new Uint8Array(4096);

  constructor() {
    this.bytes = this.#scratch;
  }

  /** Points at a cell that is not NULL. */
  read(batch: RowBatch, cell: number): void {
    const start = batch.starts[cell] as number;
    const end = batch.ends[cell] as number;
    if (((batch.flags[cell] as number) & CELL_ESCAPED) === 0) {
      this.bytes = batch.bytes;
      this.start = start;
      this.end = end;
      return;
    }
    if (end - start > this.#scratch.length) this.#scratch = new Uint8Array(2 * (end - start));
    this.bytes = this.#scratch;
    this.start = 0;
    this.end = unescapeInto(batch.bytes, start, end, this.#scratch, 0);
  }
}
