import { isPlainRange } from '../../../src-shared/model/plain-bytes.ts';
import { CELL_PLAIN } from '../../../src-shared/model/row-batch.ts';

/** Flags of a text cell that holds this range: CELL_PLAIN or 0, after a scan. */
export function plainFlagOf(bytes: Uint8Array, start: number, end: number): number {
  return isPlainRange(bytes, start, end) ? CELL_PLAIN : 0;
}
