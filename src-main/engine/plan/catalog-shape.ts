import type { CatalogTable, ForeignKey } from '../../../src-shared/model/catalog.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import { jsonDigest } from './json-digest.ts';
import { tableLabel } from './table-pattern.ts';

export interface ShapeColumn {
  readonly name: string;
  readonly nativeType: string;
  readonly nullable: boolean;
}

/** What a sign-off of the catalog covers for one table: no statistics, no remarks. */
export interface ShapeTable {
  readonly name: string;
  readonly columns: readonly ShapeColumn[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly { readonly columns: readonly string[]; readonly references: string }[];
}

/** The chosen tables and queries, sorted by name. */
export interface CatalogShape {
  readonly version: 1;
  readonly tables: readonly ShapeTable[];
  readonly queries: readonly { readonly name: string; readonly columns: readonly ShapeColumn[] }[];
}

/** The shape of the chosen tables (all their columns, chosen or not) and of the queries' results. */
export function catalogShape(
  tables: Iterable<CatalogTable>,
  queries: Iterable<readonly [name: string, columns: readonly ReadColumn[]]>,
): CatalogShape {
  return {
    version: 1,
    tables: Array.from(tables, shapeOf).sort(byName),
    queries: Array.from(queries, ([name, columns]) => ({ name, columns: columns.map(shapeColumn) })).sort(byName),
  };
}

/** `sha256:<hex>` of a shape: what `catalog:` in a plan holds. */
export function digestShape(shape: CatalogShape): string {
  return jsonDigest(shape);
}

function shapeOf(table: CatalogTable): ShapeTable {
  return {
    name: tableLabel(table),
    columns: table.columns.map(shapeColumn),
    primaryKey: table.primaryKey,
    foreignKeys: table.foreignKeys.map(shapeKey).sort((a, b) => compare(keyText(a), keyText(b))),
  };
}

function shapeColumn({ name, nativeType, nullable }: ShapeColumn): ShapeColumn {
  return { name, nativeType, nullable };
}

function shapeKey({ columns, references }: ForeignKey): ShapeTable['foreignKeys'][number] {
  return { columns, references: `${tableLabel(references)}(${references.columns.join(', ')})` };
}

/** A foreign key in words: `(customer_id) → public.customers(id)`. */
export function keyText(key: ShapeTable['foreignKeys'][number]): string {
  return `(${key.columns.join(', ')}) → ${key.references}`;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return compare(a.name, b.name);
}

// By code units: the same on every machine and in every locale.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
