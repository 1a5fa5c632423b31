import type { CatalogSummary, CatalogTableFacts } from '../../../src-shared/contract/connections.ts';
import { globToTest } from './glob-to-test.ts';

export type TreeRow =
  | {
      readonly kind: 'namespace';
      readonly name: string;
      readonly tables: readonly CatalogTableFacts[];
      readonly open: boolean;
    }
  | { readonly kind: 'table'; readonly namespace: string; readonly table: CatalogTableFacts };

/** The rows of the tree that are there to be drawn: tables that match, below namespaces that are open. */
export function treeRows(
  { namespaces }: CatalogSummary,
  { filter, closed }: { readonly filter: string; readonly closed: ReadonlySet<string> },
): readonly TreeRow[] {
  const matches = globToTest(filter);
  const rows: TreeRow[] = [];
  for (const { name, tables } of namespaces) {
    const found = filter === '' ? tables : tables.filter((table) => matches(table.name, name));
    if (found.length === 0 && filter !== '') continue;
    const open = !closed.has(name);
    rows.push({ kind: 'namespace', name, tables: found, open });
    if (open) for (const table of found) rows.push({ kind: 'table', namespace: name, table });
  }
  return rows;
}
