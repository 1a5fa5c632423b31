import type { MaskedTable } from './bind-masks.ts';
import { entryPath } from './choose-columns.ts';
import type { FindingList } from './finding-list.ts';
import { tableLabel } from './table-pattern.ts';

/** Warns of tables that are chosen beside one with which their rows are read already. */
export function warnOfRepeats(tables: readonly MaskedTable[], findings: FindingList): void {
  const chosen = new Set(tables.flatMap(({ catalogTable }) => (catalogTable === null ? [] : tableLabel(catalogTable))));
  for (const table of tables) {
    const twice = (table.catalogTable?.includes ?? []).map(tableLabel).filter((label) => chosen.has(label));
    if (twice.length === 0) continue;
    const named = twice.join(', ');
    findings.warning('PLAN/ROWS_TWICE', entryPath(table), {
      message: `${table.name}: the rows of ${named} are read with it, and go out a second time as tables of their own.`,
      remedy: `Accept it, if both are meant; else put ${named} under exclude, or read ${table.name} alone by a query (FROM ONLY).`,
      table: table.name,
    });
  }
}
