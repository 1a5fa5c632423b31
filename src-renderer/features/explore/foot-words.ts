import { formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';

/** What a catalog and a plan hold, in one line; `rows`: of each table, null where there are no statistics. */
export function footWords(rows: readonly (number | null)[], all: number | null): string {
  const shown = formatCount(rows.length);
  const tables = text.explore.tables(all === null ? shown : `${shown} ${text.explore.of} ${formatCount(all)}`);
  if (rows.length === 0) return tables;
  const known = rows.filter((count) => count !== null);
  if (known.length === 0) return `${tables} · ${text.explore.rowsUnknown}`;
  const sum = formatCount(known.reduce((total, count) => total + count, 0));
  const part = known.length === rows.length ? null : formatCount(known.length);
  return `${tables} · ${text.explore.rows(sum, part)}`;
}
