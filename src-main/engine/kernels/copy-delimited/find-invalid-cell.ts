import { isUtf8 } from 'node:buffer';
import type { PlacedCell } from './block-form.ts';

/** What of a cell's bytes reaches the file: all, nothing, or what a mask keeps at both ends. */
export type ReachOf = (column: number) => 'all' | 'none' | { readonly keepFirst: number; readonly keepLast: number };

/**
 * The first cell of a wire block that does not reach the file as valid UTF-8; null: there is none. Slow, and only asked when
 * there is one.
 */
export function findInvalidCell(cells: Iterable<PlacedCell>, reachOf: ReachOf): PlacedCell | null {
  for (const cell of cells) if (isInvalid(cell.bytes, reachOf(cell.column))) return cell;
  return null;
}

function isInvalid(value: Uint8Array, reach: ReturnType<ReachOf>): boolean {
  if (reach === 'none') return false;
  if (reach === 'all') return !isUtf8(value);
  // Where characters begin: every byte but a continuation byte.
  const starts = Array.from(value.keys()).filter((i) => ((value[i] ?? 0) & 0xc0) !== 0x80);
  const { keepFirst, keepLast } = reach;
  if (2 * (keepFirst + keepLast) > starts.length) return false;
  const head = keepFirst === 0 ? 0 : (starts[keepFirst] ?? value.length);
  const tail = keepLast === 0 ? value.length : (starts[starts.length - keepLast] ?? 0);
  return !isUtf8(value.subarray(0, head)) || !isUtf8(value.subarray(tail));
}
