import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import type { WireForm } from '../../ports/kernel.ts';
import { binaryColumn } from './binary-columns.ts';

/** The wire form of COPY BINARY (row-batch.md §7). */
export const BINARY_WIRE = 'pg-copy-binary';

/** COPY BINARY for these columns; null where the server would have no less work with it than with COPY text. */
export function binaryWire(columns: readonly ReadColumn[]): WireForm | null {
  const sent = columns.map(binaryColumn);
  const saved = sent.reduce((sum, column) => sum + column.saved, 0);
  return saved > 0 ? { name: BINARY_WIRE, encodings: sent.map(({ encoding }) => encoding) } : null;
}
