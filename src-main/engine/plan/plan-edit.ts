import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { MaskSpec, Plan } from '../../../src-shared/model/plan.ts';

/** How an entry of `tables:` is addressed: the two names of a literal table, or a query's name. */
export type EntryName = TableName | { readonly query: string };

/** One change of a plan, to what it shall be: pure data, so that a later one of the same kind and place replaces it. */
export type PlanEdit =
  | { readonly kind: 'catalog'; readonly digest: string | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'purpose'; readonly purpose: string }
  | { readonly kind: 'connection'; readonly connection: string }
  /** null takes the key out. */
  | { readonly kind: 'migrate'; readonly migrate: string | null }
  | { readonly kind: 'where'; readonly entry: EntryName; readonly where: string | null }
  | { readonly kind: 'limit'; readonly entry: EntryName; readonly limit: number | null }
  | { readonly kind: 'orderBy'; readonly entry: EntryName; readonly orderBy: readonly string[] | null }
  | { readonly kind: 'mask'; readonly entry: EntryName; readonly column: string; readonly mask: MaskSpec | null }
  | {
      readonly kind: 'column';
      readonly entry: EntryName;
      readonly column: string;
      readonly chosen: boolean;
      /** All columns of the table in its order: where the column goes, and what no list at all means. */
      readonly order: readonly string[];
    }
  /** The columns that go out, in their order, all at once. */
  | { readonly kind: 'columns'; readonly entry: EntryName; readonly columns: readonly string[] }
  | {
      /** Why a column that looks personal goes out as it is: a comment on its line. */
      readonly kind: 'remark';
      readonly entry: EntryName;
      readonly column: string;
      readonly remark: string | null;
      /** All columns of the table in its order: written out where the file lists none. */
      readonly order: readonly string[];
    }
  | {
      readonly kind: 'table';
      readonly table: TableName;
      readonly chosen: boolean;
      /** Of a table that is added. Without it: default columns. */
      readonly columns?: readonly string[];
    }
  | BlockEdit;

/** A block of the file that is set as a whole, key by key or item by item; null takes it out. */
export type BlockEdit =
  | { readonly kind: 'format'; readonly format: Plan['format'] }
  | { readonly kind: 'package'; readonly package: Plan['package'] | null }
  | { readonly kind: 'deliver'; readonly deliver: Plan['deliver'] | null }
  | { readonly kind: 'pseudonyms'; readonly pseudonyms: Plan['pseudonyms'] | null }
  | { readonly kind: 'limits'; readonly limits: Plan['limits'] | null }
  | { readonly kind: 'params'; readonly params: Plan['params'] | null };

/** What a block shall hold. An empty map says no more than no map, and a file without it is easier to read. */
export function blockValue(edit: BlockEdit): unknown {
  switch (edit.kind) {
    case 'format':
      return edit.format;
    case 'package':
      return emptyAsNull(edit.package);
    case 'deliver':
      return edit.deliver ?? null;
    case 'pseudonyms':
      return emptyAsNull(edit.pseudonyms);
    case 'limits':
      return emptyAsNull(edit.limits);
    case 'params':
      return emptyAsNull(edit.params);
  }
}

export function emptyAsNull(map: object | null | undefined): object | null {
  return map === null || map === undefined || Object.keys(map).length === 0 ? null : map;
}

/** What an edit is about; edits with the same target replace each other. */
export function targetOf(edit: PlanEdit): string {
  switch (edit.kind) {
    case 'where':
    case 'limit':
    case 'orderBy':
    case 'columns':
      return JSON.stringify([edit.kind, entryKey(edit.entry)]);
    case 'mask':
    case 'column':
    case 'remark':
      return JSON.stringify([edit.kind, entryKey(edit.entry), edit.column]);
    case 'table':
      return JSON.stringify([edit.kind, entryKey(edit.table)]);
    case 'catalog':
    case 'name':
    case 'purpose':
    case 'connection':
    case 'migrate':
    case 'format':
    case 'package':
    case 'deliver':
    case 'pseudonyms':
    case 'limits':
    case 'params':
      return edit.kind;
  }
}

export function entryKey(entry: EntryName): readonly string[] {
  return 'query' in entry ? [entry.query] : [entry.namespace, entry.name];
}
