import type {
  CheckDefinition,
  ColumnDefinition,
  IndexDefinition,
  TypeDefinition,
  ViewDefinition,
} from './catalog-definition.ts';
import type { ForeignKey } from './catalog.ts';
import type { LogicalType } from './logical-type.ts';

/** A column as it goes out. */
export interface SchemaColumn {
  readonly name: string;
  /** What the file holds. */
  readonly type: LogicalType;
  readonly nullable: boolean;
  /** The type in the source's own words; null: a mask gives the values. */
  readonly native: string | null;
  /** Without what does not hold for the values that go out. */
  readonly definition: ColumnDefinition;
}

/** A table as it goes out: what its counterpart elsewhere is made from, whatever product that is. */
export interface TableSchema {
  /** As people see it. */
  readonly name: string;
  /** A query has an empty namespace. */
  readonly table: readonly [namespace: string, name: string];
  /** Its file in the package, or its parts in their order. */
  readonly paths: readonly string[];
  /** Rows in them; absent: they are not written yet. */
  readonly rows?: number;
  /** Bytes of the longest of them; absent: they are not written yet. */
  readonly bytes?: number;
  /** In the order of the file. */
  readonly columns: readonly SchemaColumn[];
  readonly primaryKey: readonly string[];
  /** Over columns that go out. */
  readonly indexes: readonly IndexDefinition[];
  /** Those whose other end goes out as well, each with the columns it names there. */
  readonly foreignKeys: readonly ForeignKey[];
  /** Over columns that go out as they are, and only where the source is of the very product. */
  readonly checks: readonly CheckDefinition[];
  readonly comment: string | null;
}

/** What is not as it was in the source. */
export interface SchemaNote {
  /** Name of the table; null: it is about all. */
  readonly table: string | null;
  /** One sentence. */
  readonly text: string;
}

/** All that goes out, with what was left behind already. */
export interface DatabaseSchema {
  /** Product and version of the source, as it names itself. */
  readonly source: string;
  /** The source is of the very product that it is written for: its own types can be kept. */
  readonly own: boolean;
  readonly tables: readonly TableSchema[];
  /** Types of the source's own that the columns need, each behind those it uses. */
  readonly types: readonly TypeDefinition[];
  readonly views: readonly ViewDefinition[];
  readonly settings: Readonly<Record<string, string>>;
  readonly notes: readonly SchemaNote[];
}
