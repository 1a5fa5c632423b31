import type { CompiledMask } from '../../../src-shared/model/compiled-plan.ts';
import { tableLabel } from './table-pattern.ts';
import type { MaskedTable } from './bind-masks.ts';
import type { FindingList } from './finding-list.ts';
import { canonicalJson } from './json-digest.ts';

/**
 * Both ends of a foreign key must go out alike where both are in the plan: masked the same way, or neither. Otherwise the
 * rows no longer find each other at the other side.
 */
export function checkForeignKeys(tables: readonly MaskedTable[], findings: FindingList): void {
  const byLabel = new Map(
    tables.flatMap((table) => (table.catalogTable === null ? [] : [[table.name, table] as const])),
  );
  for (const child of tables) {
    for (const key of child.catalogTable?.foreignKeys ?? []) {
      const parent = byLabel.get(tableLabel(key.references));
      if (parent === undefined) continue;
      for (const [position, column] of key.columns.entries()) {
        const other = key.references.columns[position];
        if (other !== undefined) compareEnds({ table: child, column }, { table: parent, column: other }, findings);
      }
    }
  }
}

interface KeyEnd {
  readonly table: MaskedTable;
  readonly column: string;
}

function compareEnds(child: KeyEnd, parent: KeyEnd, findings: FindingList): void {
  const mine = maskOf(child);
  const theirs = maskOf(parent);
  if (mine === undefined || theirs === undefined || canonicalJson(mine) === canonicalJson(theirs)) return;
  const end = mine === null ? parent : child;
  const other = end === child ? parent : child;
  const shown = `${other.table.name}.${other.column}`;
  findings.error('PLAN/MASK_UNFIT', maskPath(end), {
    message: `A foreign key joins ${end.table.name}.${end.column} and ${shown}, which ${
      mine === null || theirs === null ? 'goes out unmasked' : 'is masked in another way'
    }.`,
    remedy: `Give ${shown} the same mask, class and options, or leave both unmasked.`,
    table: end.table.name,
    field: end.column,
  });
}

/** undefined: the column does not go out. */
function maskOf({ table, column }: KeyEnd): CompiledMask | null | undefined {
  const position = table.columns.findIndex(({ name }) => name === column);
  return position < 0 ? undefined : (table.masks[position] ?? null);
}

function maskPath({ table, column }: KeyEnd): (string | number)[] {
  return ['tables', table.index, 'masks', column];
}
