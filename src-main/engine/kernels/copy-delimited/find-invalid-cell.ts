import { isUtf8 } from 'node:buffer';
import type { RowBatch } from '../../../../src-shared/model/row-batch.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;

/**
 * The first cell of a wire block that is not valid UTF-8, of the columns whose bytes reach the file; null: there is none.
 * Slow, and only asked when there is one. Escapes are ASCII and say nothing about characters beyond it.
 */
export function findInvalidCell(
  block: RowBatch,
  columns: number,
  reachesFile: (column: number) => boolean,
): { readonly row: number; readonly column: number } | null {
  let cell = 0;
  let start = 0;
  for (let i = 0; i < block.tail; i++) {
    const byte = block.bytes[i];
    if (byte !== TAB && byte !== NEWLINE) continue;
    const column = cell % columns;
    if (reachesFile(column) && !isUtf8(block.bytes.subarray(start, i)))
      return { row: Math.floor(cell / columns), column };
    cell++;
    start = i + 1;
  }
  return null;
}
