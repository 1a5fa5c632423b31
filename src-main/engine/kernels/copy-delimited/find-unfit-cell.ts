import type { PlacedCell } from './block-form.ts';

/** What of a cell's bytes reaches the file: all, nothing, or what a mask keeps at both ends. */
export type ReachOf = (column: number) => 'all' | 'none' | { readonly keepFirst: number; readonly keepLast: number };

type Fits = (text: Uint8Array) => boolean;

/**
 * The first cell of a wire block whose text does not fit the file as far as it reaches it; null: there is none. Slow, and
 * only asked when there is one.
 */
export function findUnfitCell(cells: Iterable<PlacedCell>, reachOf: ReachOf, fits: Fits): PlacedCell | null {
  for (const cell of cells) if (!reachesWell(cell.bytes, reachOf(cell.column), fits)) return cell;
  return null;
}

function reachesWell(value: Uint8Array, reach: ReturnType<ReachOf>, fits: Fits): boolean {
  if (reach === 'none') return true;
  if (reach === 'all') return fits(value);
  // Where characters begin: every byte but a continuation byte.
  const starts = Array.from(value.keys()).filter((i) => ((value[i] ?? 0) & 0xc0) !== 0x80);
  const { keepFirst, keepLast } = reach;
  if (2 * (keepFirst + keepLast) > starts.length) return true;
  const head = keepFirst === 0 ? 0 : (starts[keepFirst] ?? value.length);
  const tail = keepLast === 0 ? value.length : (starts[starts.length - keepLast] ?? 0);
  return fits(value.subarray(0, head)) && fits(value.subarray(tail));
}
