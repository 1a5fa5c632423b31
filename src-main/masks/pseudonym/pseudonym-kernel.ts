import { CELL_NULL, CELL_PLAIN, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { MaskKernel } from '../../ports/mask.ts';
import { PlainCell } from '../kit/plain-cell.ts';
import { requireWholeRows } from '../kit/require-whole-rows.ts';
import { HmacSha256 } from './hmac-sha256.ts';
import type { Normalizer } from './normalizer.ts';
import { TOKEN_CHARACTERS, writeToken } from './token.ts';

export class PseudonymKernel implements MaskKernel {
  readonly #hmac: HmacSha256;
  readonly #normalizer: Normalizer;
  readonly #cell = new PlainCell();

  constructor(key: Uint8Array, normalizer: Normalizer) {
    this.#hmac = new HmacSha256(key);
    this.#normalizer = normalizer;
  }

  apply(batch: RowBatch, column: number): void {
    requireWholeRows(batch);
    const cell = this.#cell;
    const columns = batch.schema.columns.length;
    let at = batch.reserve(batch.rows * TOKEN_CHARACTERS);
    for (let index = column; index < batch.cells; index += columns) {
      if (((batch.flags[index] as number) & CELL_NULL) !== 0) continue;
      cell.read(batch, index);
      this.#normalizer.apply(cell);
      writeToken(this.#hmac.code(cell.bytes, cell.start, cell.end), batch.bytes, at);
      batch.starts[index] = at;
      at += TOKEN_CHARACTERS;
      batch.ends[index] = at;
      // Letters and digits only: no profile quotes a token.
      batch.flags[index] = CELL_PLAIN;
    }
    batch.tail = at;
  }
}
