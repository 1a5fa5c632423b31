import { isUtf8 } from 'node:buffer';
import { unescapeInto, type RowBatch } from '../../../../src-shared/model/row-batch.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;

/** What of a cell's bytes reaches the file: all, nothing, or what a mask keeps at both ends. */
export type ReachOf = (column: number) => 'all' | 'none' | { readonly keepFirst: number; readonly keepLast: number };

/**
 * The first cell of a wire block that does not reach the file as valid UTF-8; null: there is none. Slow, and only asked when
 * there is one. Escapes are ASCII and say nothing about characters beyond it.
 */
export function findInvalidCell(
  block: RowBatch,
  columns: number,
  reachOf: ReachOf,
): { readonly row: number; readonly column: number } | null {
  let cell = 0;
  let start = 0;
  for (let i = 0; i < block.tail; i++) {
    const byte = block.bytes[i];
    if (byte !== TAB && byte !== NEWLINE) continue;
    const column = cell % columns;
    if (isInvalid(block.bytes.subarray(start, i), reachOf(column))) return { row: Math.floor(cell / columns), column };
    cell++;
    start = i + 1;
  }
  return null;
}

function isInvalid(bytes: Uint8Array, reach: ReturnType<ReachOf>): boolean {
  if (reach === 'none') return false;
  if (reach === 'all') return !isUtf8(bytes);
  const plain = new Uint8Array(bytes.length);
  const value = plain.subarray(0, unescapeInto(bytes, 0, bytes.length, plain, 0));
  // Where characters begin: every byte but a continuation byte.
  const starts = Array.from(value.keys()).filter((i) => ((value[i] ?? 0) & 0xc0) !== 0x80);
  const { keepFirst, keepLast } = reach;
  if (2 * (keepFirst + keepLast) > starts.length) return false;
  const head = keepFirst === 0 ? 0 : (starts[keepFirst] ?? value.length);
  const tail = keepLast === 0 ? value.length : (starts[starts.length - keepLast] ?? 0);
  return !isUtf8(value.subarray(0, head)) || !isUtf8(value.subarray(tail));
}
