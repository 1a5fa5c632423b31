import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import { parseNativeType } from './types.ts';

const ROUND_TRIP_BYTES = 1024 * 1024;
const ROWS_AT_MOST = 1000;
/** LOBs are read one by one: few of their locators need to wait. */
const LOB_ROWS = 100;
const LOBS = new Set(['CLOB', 'NCLOB', 'BLOB', 'XMLTYPE', 'JSON']);

export interface FetchSize {
  /** Rows of one round trip. */
  readonly rows: number;
  readonly hasLobs: boolean;
}

/** How many rows are fetched at once, so that a round trip stays about 1 MiB whatever the columns hold. */
export function fetchSize(columns: readonly ReadColumn[]): FetchSize {
  const names = columns.map(({ nativeType }) => parseNativeType(nativeType)?.name ?? '');
  const hasLobs = names.some((name) => LOBS.has(name));
  // The driver puts the value of a LONG together in memory: one row at a time.
  if (names.some((name) => name.startsWith('LONG'))) return { rows: 1, hasLobs };
  const width = columns.reduce((sum, { type }) => sum + widthOf(type), 0);
  const rows = Math.max(1, Math.min(hasLobs ? LOB_ROWS : ROWS_AT_MOST, Math.floor(ROUND_TRIP_BYTES / width)));
  return { rows, hasLobs };
}

/** At most so many bytes, or what is usual where a type has no bound. */
function widthOf(type: LogicalType): number {
  if (type.kind === 'text') return (type.maxCharacters ?? 1000) * 2;
  if (type.kind === 'bytes') return type.maxBytes ?? 1000;
  return 40;
}
