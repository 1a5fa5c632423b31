import type { MaskSpec } from '../../../src-shared/model/plan.ts';
import type { MaskedTable } from './bind-masks.ts';
import { entryPath, listedColumns } from './choose-columns.ts';
import type { CompileRequest } from './compile-request.ts';
import type { FindingList } from './finding-list.ts';
import { yamlMaskSpec } from './yaml-scalar.ts';

/** Warns of columns that look personal and go out as they are. A query's columns were each decided on by the author. */
export function warnOfSuspects(tables: readonly MaskedTable[], request: CompileRequest, findings: FindingList): void {
  if (request.detect === undefined) return;
  for (const table of tables) {
    if (table.catalogTable === null) continue;
    for (const [position, column] of table.columns.entries()) {
      if (table.masks[position] !== null) continue;
      const suspicion = request.detect(table.catalogTable, column);
      if (suspicion === null) continue;
      const listed = listedColumns(table)?.indexOf(column.name) ?? -1;
      findings.warning(
        'PLAN/COLUMN_UNMASKED',
        listed < 0 ? entryPath(table) : ['tables', table.index, 'columns', listed],
        {
          message: `${table.name}.${column.name} looks like ${suspicion.class} and goes out unmasked: ${suspicion.reason}.`,
          remedy: suggested(column.name, suspicion.suggestion),
          table: table.name,
          field: column.name,
        },
      );
    }
  }
}

function suggested(column: string, suggestion: MaskSpec): string {
  return `If it is personal, mask it: masks: { ${column}: ${yamlMaskSpec(suggestion)} }.`;
}
