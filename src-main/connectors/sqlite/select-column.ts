import type { LogicalKind } from '../../../src-shared/model/logical-type.ts';
import { LONG_CELL_BYTES } from '../../../src-shared/model/row-batch.ts';

/** What stands for a BLOB where text is expected. A column of which bytes are expected arrives as a JS string only where it is such a mark. */
export const BLOB_MARK = 'blob';
/** What stands for TEXT where a BLOB is expected. */
const TEXT_MARK = 'text';
/** What stands for a value that is too long to be handed out whole. */
export const LONG_MARK = 'long';

/** Kinds whose text is taken byte by byte. */
const BY_BYTES: ReadonlySet<LogicalKind> = new Set(['text', 'json', 'decimal']);

/**
 * The select-list entry of a column. The driver tells INTEGER, REAL, TEXT and BLOB apart by the JS type, but decodes TEXT
 * with replacement characters; where text is expected its bytes are asked for. No alias: `order by` must find the column.
 */
export function selectColumn(quoted: string, kind: LogicalKind): string {
  if (!BY_BYTES.has(kind)) return quoted;
  const text = `when 'text' then cast(${quoted} as blob)`;
  return `case typeof(${quoted}) ${text} when 'blob' then '${BLOB_MARK}' else ${quoted} end`;
}

/** Values of these may be longer than what is handed out whole. */
export function mayBeLong(kind: LogicalKind): boolean {
  return kind === 'text' || kind === 'json' || kind === 'bytes';
}

/** As {@link selectColumn}, for rows that can be found again: a long value is not touched, a mark stands for it. */
export function guardedColumn(quoted: string, kind: LogicalKind): string {
  if (!mayBeLong(kind)) return selectColumn(quoted, kind);
  const bytes = kind === 'bytes' ? quoted : `cast(${quoted} as blob)`;
  // The size stands in the head of the row.
  const value = `case when octet_length(${quoted}) > ${LONG_CELL_BYTES} then '${LONG_MARK}' else ${bytes} end`;
  const [wanted, other, mark] = kind === 'bytes' ? ['blob', 'text', TEXT_MARK] : ['text', 'blob', BLOB_MARK];
  return `case typeof(${quoted}) when '${wanted}' then ${value} when '${other}' then '${mark}' else ${quoted} end`;
}
