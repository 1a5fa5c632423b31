import type { CompressionId } from './compression.ts';
import type { LogicalType } from './logical-type.ts';
import type { ReadColumn, TableRead } from './table-read.ts';
import type { DatabaseSchema } from './table-schema.ts';

/** A mask bound to a column of the compiled plan. */
export interface CompiledMask {
  readonly id: string;
  /** As the mask's own schema gave them out: pure JSON. */
  readonly options: unknown;
  /** Meaning of the column. Always there where the mask needs a key. */
  readonly class?: string;
}

/** A column of the file that is written. */
export interface OutputColumn {
  readonly name: string;
  readonly type: LogicalType;
  readonly nativeType: string;
  readonly nullable: boolean;
}

export interface CompiledTable {
  /** As people see it: `public.customers`, or the query's name. Unique in the plan. */
  readonly name: string;
  /** A query has an empty namespace. */
  readonly table: readonly [namespace: string, name: string];
  /** File name without suffix, unique in the plan also where case does not count. */
  readonly stem: string;
  readonly read: TableRead;
  /** Per column of `read.columns`. */
  readonly masks: readonly (CompiledMask | null)[];
  /** `orderBy`: as the plan asks. `query`: as the query gives them. `key`: by the key it is cut by. `physical`: as the database finds them. */
  readonly order: 'orderBy' | 'query' | 'key' | 'physical';
  /** The key by which it is cut into parts of `chunk.rows` rows each; absent: it is read in one go. */
  readonly cutBy?: readonly ReadColumn[];
  /** The key in whose order its parts of `chunk.bytes` are filled; absent: it is read in one go. */
  readonly filledBy?: readonly ReadColumn[];
  /** Per column of `read.columns`, with the type its mask gives out. */
  readonly outputColumns: readonly OutputColumn[];
  readonly primaryKey: readonly string[];
  /** Line of the plan file that its SQL, or else its entry, stands on. */
  readonly line: number;
  readonly estimatedRows: number | null;
  readonly estimatedBytes: number | null;
}

/**
 * A plan resolved against a catalog: immutable, pure JSON, hashable (`compiledPlanDigest`). The same compiled plan on the
 * same snapshot gives the same package.
 */
export interface CompiledPlan {
  readonly version: 1;
  readonly name: string;
  readonly purpose: string;
  readonly connection: string;
  /** Digest of the catalog shape it was compiled against: `sha256:…`. */
  readonly catalog: string;
  /** Effective values, overrides included. */
  readonly params: Readonly<Record<string, string | null>>;
  readonly tables: readonly CompiledTable[];
  /** Tables of the whole plan; absent: it was compiled as a whole. */
  readonly planTables?: number;
  readonly format: { readonly id: string; readonly options: unknown };
  /** null: no chosen mask needs a key. `key` null: the connection's own key. */
  readonly pseudonyms: { readonly key: string | null; readonly domain: string } | null;
  /** How large a part of a table may become; absent: each table is one file. */
  readonly chunk?: { readonly rows: number } | { readonly bytes: number };
  /** absent: files are written as they are. */
  readonly compress?: Exclude<CompressionId, 'none'>;
  /** Scripts for another database; absent: the plan asks for none. */
  readonly migrate?: { readonly target: string; readonly schema: DatabaseSchema };
  readonly limits: {
    readonly connections: number;
    /** Rows and written bytes in a second; 0: as fast as it goes. */
    readonly rowsPerSecond: number;
    readonly bytesPerSecond: number;
    readonly statementTimeoutMs: number;
    readonly lockTimeoutMs: number;
    readonly cellBytes: number;
    /** Absent: `DEFAULT_PAUSE_MINUTES`. 0: it cannot be paused. */
    readonly pauseMinutes?: number;
    /** The hours in which tables are read; absent: all. */
    readonly window?: { readonly from: string; readonly to: string; readonly zone: string };
  };
  readonly disclose: readonly ('source' | 'sql')[];
  /** Octal permission bits of the package's files, e.g. `0640`; null: 0600 and 0700. */
  readonly mode: string | null;
  readonly deliver: readonly { readonly target: string; readonly path: string }[];
}
