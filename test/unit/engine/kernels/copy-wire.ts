import { RowBatch, type BatchSchema } from '../../../../src-shared/model/row-batch.ts';
import { respellings, splitRows } from '../../../../src-main/connectors/postgres/copy-split.ts';

export type WireRow = readonly (string | Uint8Array | null)[];

const LETTERS: Readonly<Record<number, string>> = { 8: 'b', 9: 't', 10: 'n', 11: 'v', 12: 'f', 13: 'r' };

/** Cells as the server's COPY writes them (https://www.postgresql.org/docs/current/sql-copy.html, "Text Format"). */
function wireCell(value: string | Uint8Array | null): Buffer {
  if (value === null) return Buffer.from('\\N');
  const out: number[] = [];
  for (const byte of typeof value === 'string' ? Buffer.from(value) : value) {
    const letter = LETTERS[byte];
    if (letter !== undefined) out.push(0x5c, letter.charCodeAt(0));
    else if (byte === 0x5c) out.push(0x5c, 0x5c);
    else out.push(byte);
  }
  return Buffer.from(out);
}

/** An unsplit block, as the connector gives it to a kernel. */
export function wireBlock(schema: BatchSchema, rows: readonly WireRow[]): RowBatch {
  const text = Buffer.concat(
    rows.flatMap((row) =>
      row.flatMap((value, i) => [wireCell(value), Buffer.from(i === row.length - 1 ? '\n' : '\t')]),
    ),
  );
  const batch = new RowBatch(schema, new Uint8Array(Math.max(text.length + 64, 1024)), { cells: 0 });
  batch.bytes.set(text);
  batch.tail = text.length;
  batch.rows = rows.length;
  return batch;
}

/** The same rows as the path through cells gets them. */
export function splitBlock(schema: BatchSchema, rows: readonly WireRow[]): RowBatch {
  const batch = wireBlock(schema, rows);
  splitRows(batch, respellings(schema));
  return batch;
}
