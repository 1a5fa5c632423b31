import type { LogicalType } from './logical-type.ts';
import type { TableName } from './catalog.ts';

/** One column that is read, as the catalog (or the description of a query) gives it. */
export interface ReadColumn {
  readonly name: string;
  readonly nativeType: string;
  readonly nullable: boolean;
  readonly type: LogicalType;
}

export interface OrderTerm {
  readonly column: string;
  readonly descending: boolean;
}

/**
 * One table (or query) to read: pure data, part of the compiled plan. `where` and a query's `sql` are the operator's
 * words, UNTRUSTED until the connector's dialect has checked them.
 */
export interface TableRead {
  readonly source:
    { readonly kind: 'table'; readonly table: TableName } | { readonly kind: 'query'; readonly sql: string };
  /** In output order. */
  readonly columns: readonly ReadColumn[];
  readonly where: string | null;
  readonly orderBy: readonly OrderTerm[];
  readonly limit: number | null;
  /** Only of a table without a limit, in the order of the key; absent: all rows. */
  readonly range?: KeyRange;
  /** Values of `:name` in `where` and `sql`; null is SQL NULL. */
  readonly params: Readonly<Record<string, string | null>>;
}

/**
 * The rows between two keys of a table: those behind `after`, up to `upTo` and with it. null: from the first row, to the last
 * one. A key is one text per column, exact, as {@link TableRead} columns are read.
 */
export interface KeyRange {
  readonly key: readonly ReadColumn[];
  readonly after: readonly string[] | null;
  readonly upTo: readonly string[] | null;
}

/** A statement with the values bound beside it, in order. */
export interface SqlStatement {
  readonly text: string;
  readonly values: readonly (string | null)[];
}
