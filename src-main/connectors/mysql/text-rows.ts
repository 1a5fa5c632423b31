import { cellText, type BatchSchema, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { WireColumn } from './result-head.ts';

export type TextRow = readonly (string | null)[];

/** Every column as text: for statements about the server, never for the row path. */
export function textSchema(columns: readonly WireColumn[]): BatchSchema {
  return {
    escape: 'none',
    columns: columns.map(({ name }) => ({
      name,
      type: { kind: 'text', maxCharacters: null },
      nativeType: 'text',
      nullable: true,
      form: 'utf8',
    })),
  };
}

/** Gathers the rows of a small result. */
export class TextRows {
  readonly rows: TextRow[] = [];
  #open: (string | null)[] = [];

  /** Takes the cells of a batch and releases it. */
  add(batch: RowBatch): void {
    const width = batch.schema.columns.length;
    for (let cell = 0; cell < batch.cells; cell++) {
      const text = cellText(batch, cell);
      if (cell === 0 && batch.continues) this.#open.push(`${this.#open.pop() ?? ''}${text ?? ''}`);
      else this.#open.push(text);
      // A CUT cell that ends the row for now is joined by the next batch.
      const rowEnds = batch.fragment ? batch.rows === 1 && cell === batch.cells - 1 : this.#open.length === width;
      if (rowEnds) this.rows.push(this.#open.splice(0));
    }
    batch.release();
  }
}
