import type { ColumnDefinition, DatabaseDefinitions, TableDefinition } from './catalog-definition.ts';
import type { LogicalType } from './logical-type.ts';

/** A table by its two names, taken literally. */
export interface TableName {
  readonly namespace: string;
  readonly name: string;
}

export interface CatalogColumn {
  readonly name: string;
  readonly nativeType: string;
  readonly nullable: boolean;
  /** null: Waybill does not know how to carry this native type exactly; choosing the column is an error. */
  readonly type: LogicalType | null;
  /** The database computes or fills it (identity, generated): of interest to who loads the data. */
  readonly generated?: boolean;
  /** Where definitions were asked for and the column has any. */
  readonly definition?: ColumnDefinition;
}

/** What becomes of a row whose counterpart goes or changes; absent: the change is refused. */
export type ForeignKeyAction = 'cascade' | 'set null' | 'set default' | 'restrict';

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: TableName & { readonly columns: readonly string[] };
  readonly onDelete?: ForeignKeyAction;
  readonly onUpdate?: ForeignKeyAction;
}

export type TableKind = 'table' | 'partitioned table' | 'view' | 'materialized view' | 'foreign table';

/** What a login is not shown of a table, although it may read it. */
export interface Withheld {
  /** One sentence, which stands among the remarks as well. */
  readonly words: string;
  /** It is about the values of these columns; absent: about which rows there are. */
  readonly columns?: readonly string[];
}

export interface CatalogTable extends TableName {
  readonly kind: TableKind;
  readonly columns: readonly CatalogColumn[];
  /** Column names in key order; empty when there is no primary key. */
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  /** From statistics, never from a count; null when the database does not know. */
  readonly estimatedRows: number | null;
  readonly estimatedBytes: number | null;
  /** What an operator should know before reading it, in words (row security in force, no statistics). */
  readonly remarks?: readonly string[];
  /** What of it this login does not see as it is stored (row security, masks of the server): a plan that chooses it warns of that. */
  readonly withheld?: readonly Withheld[];
  /** Tables of their own whose rows are read with its own: a plan that chooses both has them twice, and warns of that. */
  readonly includes?: readonly TableName[];
  /** Where definitions were asked for and the product has them. */
  readonly definition?: TableDefinition;
}

/** What the database says it contains. Namespaces and tables are sorted by name, columns are in table order. */
export interface Catalog {
  /** The product as it names itself. */
  readonly product: string;
  readonly version: string;
  readonly namespaces: readonly { readonly name: string; readonly tables: readonly CatalogTable[] }[];
  /** Where definitions were asked for and the connector reads them. */
  readonly definitions?: DatabaseDefinitions;
}

/** What of a catalog is asked for. */
export interface CatalogFilter {
  readonly namespace?: string;
  /** Also how tables are made: `definition` and `definitions`. */
  readonly definitions?: boolean;
}
