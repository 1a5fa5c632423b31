import type { LogicalKind } from '../../../src-shared/model/logical-type.ts';

/** What stands for a BLOB where text is expected: the only case in which a character column arrives as a JS string. */
export const BLOB_MARK = 'blob';

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
