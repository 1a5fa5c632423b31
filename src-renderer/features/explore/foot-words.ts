import { formatCount } from '../../../src-shared/util/format-number.ts';
import type { TotalRows } from '../../state/selection.ts';
import { text } from '../../text/text.ts';

const words = text.explore;

/** What a catalog holds, in one line; `rows`: of each table, null where there are no statistics. */
export function footWords(rows: readonly (number | null)[]): string {
  const tables = words.tables(formatCount(rows.length));
  if (rows.length === 0) return tables;
  const known = rows.filter((count) => count !== null);
  if (known.length === 0) return `${tables} · ${words.rowsUnknown}`;
  const sum = known.reduce((total, count) => total + count, 0);
  return `${tables} · ${estimate(sum, { known: known.length, all: rows.length })}`;
}

/** What a plan takes of a catalog, in one line: the same rows as at the foot of the plan. */
export function planFootWords(
  tables: { readonly ticked: number; readonly all: number },
  { rows, exactAt, known, unknown, isComing }: TotalRows,
): string {
  const shown = words.tables(`${formatCount(tables.ticked)} ${words.of} ${formatCount(tables.all)}`);
  if (known + unknown === 0) return shown;
  if (rows === null) return `${shown} · ${isComing ? text.everywhere.counting : words.rowsUnknown}`;
  if (exactAt !== null) return `${shown} · ${words.rowsExact(formatCount(rows))}`;
  return `${shown} · ${estimate(rows, { known, all: known + unknown })}`;
}

function estimate(sum: number, { known, all }: { readonly known: number; readonly all: number }): string {
  return words.rows(formatCount(sum), known === all ? null : formatCount(known));
}
