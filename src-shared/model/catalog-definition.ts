/**
 * What a database says of a table beyond what is needed to read it: for scripts that make the table elsewhere. Read only
 * where a plan asks for it, so that catalogs stay quick.
 */

/** A value that a column gets by itself. Only what means the same everywhere has a meaning here. */
export type ColumnDefault =
  /** A constant: its text, as a value of the column. */
  | { readonly kind: 'literal'; readonly text: string }
  /** The moment, the day, or a new random UUID. */
  | { readonly kind: 'now' | 'today' | 'uuid' }
  /** Anything else, in the product's own words. */
  | { readonly kind: 'other'; readonly text: string };

export interface GeneratedColumn {
  /** In the product's own words. */
  readonly expression: string;
  readonly stored: boolean;
  /** It uses nothing that only this database has. */
  readonly builtIn: boolean;
  /** Why it cannot be said elsewhere, where that is something else. */
  readonly unsaid?: string;
}

export interface ColumnDefinition {
  readonly default?: ColumnDefault;
  /** The database numbers the rows. `always`: it takes no numbers of others. */
  readonly identity?: { readonly always: boolean };
  readonly generated?: GeneratedColumn;
  readonly comment?: string;
  /** How texts are compared and kept, as the product writes it behind a type; absent: as the database does by itself. */
  readonly collation?: string;
  /** Further properties in the product's own words that only it understands. */
  readonly own?: string;
}

export interface IndexDefinition {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly descending: boolean; readonly prefix?: number }[];
  readonly unique: boolean;
  /** In the product's own word, lower case; `btree` is the ordinary one. */
  readonly method: string;
}

/** A condition that every row fulfils. */
export interface CheckDefinition {
  /** null: it has no name of its own. */
  readonly name: string | null;
  /** The column behind which it is written; null: it is the table's. */
  readonly column: string | null;
  /** The whole clause in the product's own words: `CHECK (…)`. */
  readonly clause: string;
  /** The columns that it names; null: the product does not say which. */
  readonly columns: readonly string[] | null;
}

export interface TableDefinition {
  readonly comment?: string;
  /** Unique constraints are among them. */
  readonly indexes: readonly IndexDefinition[];
  /** Those that hold for every row and use nothing that only this database has. */
  readonly checks?: readonly CheckDefinition[];
  /** What only this database can say, one line each: other checks, partial indexes, triggers, partitions. */
  readonly others: readonly string[];
}

/** A type that the database has made itself. */
export interface TypeDefinition {
  /** As columns name it. */
  readonly name: string;
  readonly namespace: string;
  /** Statement that makes it, in the product's own words, without an end; null: it comes with another one. */
  readonly statement: string | null;
  /** Names of the types of this kind it is made of. */
  readonly uses: readonly string[];
  /** What the statement does not say of it, each in words. */
  readonly left?: readonly string[];
}

export interface ViewDefinition {
  readonly namespace: string;
  readonly name: string;
  readonly text: string;
}

/** What there is besides tables. */
export interface DatabaseDefinitions {
  readonly types: readonly TypeDefinition[];
  readonly views: readonly ViewDefinition[];
  /** Settings of the server on which the text of some types depends, by name. */
  readonly settings: Readonly<Record<string, string>>;
}
