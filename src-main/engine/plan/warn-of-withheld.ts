import type { Withheld } from '../../../src-shared/model/catalog.ts';
import type { MaskedTable } from './bind-masks.ts';
import { entryPath } from './choose-columns.ts';
import type { FindingList } from './finding-list.ts';

/**
 * Warns of tables of which the server shows this login only a part: all counts agree then, and none of them is the table's. A
 * query's author names the tables, so that only the server knows.
 */
export function warnOfWithheld(tables: readonly MaskedTable[], findings: FindingList): void {
  for (const table of tables) {
    for (const { words } of (table.catalogTable?.withheld ?? []).filter((each) => concerns(each, table))) {
      findings.warning('SOURCE/PARTLY_SEEN', entryPath(table), {
        message: `${table.name}: ${words}`,
        remedy:
          'All counts are of what this login sees. Accept it, if that is what is meant; else use a login that sees all of it.',
        table: table.name,
      });
    }
  }
}

function concerns({ columns }: Withheld, table: MaskedTable): boolean {
  return columns === undefined || table.columns.some(({ name }) => columns.includes(name));
}
