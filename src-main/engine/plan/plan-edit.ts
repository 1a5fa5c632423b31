import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { MaskSpec } from '../../../src-shared/model/plan.ts';

/** How an entry of `tables:` is addressed: the two names of a literal table, or a query's name. */
export type EntryName = TableName | { readonly query: string };

/** One change of a plan, to what it shall be: pure data, so that a later one of the same kind and place replaces it. */
export type PlanEdit =
  | { readonly kind: 'catalog'; readonly digest: string | null }
  | { readonly kind: 'purpose'; readonly purpose: string }
  | { readonly kind: 'where'; readonly entry: EntryName; readonly where: string | null }
  | { readonly kind: 'limit'; readonly entry: EntryName; readonly limit: number | null }
  | { readonly kind: 'mask'; readonly entry: EntryName; readonly column: string; readonly mask: MaskSpec | null }
  | {
      readonly kind: 'column';
      readonly entry: EntryName;
      readonly column: string;
      readonly chosen: boolean;
      /** All columns of the table in its order: where the column goes, and what no list at all means. */
      readonly order: readonly string[];
    }
  | {
      readonly kind: 'table';
      readonly table: TableName;
      readonly chosen: boolean;
      /** Of a table that is added. Without it: default columns. */
      readonly columns?: readonly string[];
    };

/** What an edit is about; edits with the same target replace each other. */
export function targetOf(edit: PlanEdit): string {
  switch (edit.kind) {
    case 'catalog':
    case 'purpose':
      return edit.kind;
    case 'where':
    case 'limit':
      return JSON.stringify([edit.kind, entryKey(edit.entry)]);
    case 'mask':
    case 'column':
      return JSON.stringify([edit.kind, entryKey(edit.entry), edit.column]);
    case 'table':
      return JSON.stringify([edit.kind, entryKey(edit.table)]);
  }
}

export function entryKey(entry: EntryName): readonly string[] {
  return 'query' in entry ? [entry.query] : [entry.namespace, entry.name];
}
