import type { z } from 'zod';
import type { Catalog, CatalogFilter, TableName } from '../../src-shared/model/catalog.ts';
import type { CsvProfile } from '../../src-shared/model/csv-profile.ts';
import type { BatchSchema, RowBatch } from '../../src-shared/model/row-batch.ts';
import type { SessionLoad } from '../../src-shared/model/server-load.ts';
import type { SqlQuoting } from '../../src-shared/model/sql-quoting.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import type { ReadColumn, SqlStatement, TableRead } from '../../src-shared/model/table-read.ts';
import type { WireForm } from './kernel.ts';
import type { Dial } from './tunnel.ts';

/** Differences between products as data, each with its consequence. */
export interface ConnectorTraits {
  /** Reached over a network or socket: has `tls`, `host`, a password. A file has none of them. */
  readonly network: boolean;
  /** The form rows of every read can arrive in; kernels are registered for it. `none`: the driver hands out values. */
  readonly wire: string;
  /**
   * The server itself refuses writes in our session, whatever the login may do. Otherwise a session says *not enforced by the
   * server*, unless the login has no right to write.
   */
  readonly enforcesReadOnly: boolean;
  /**
   * How several sessions come to one point in time. `by name`: {@link Session.snapshot} takes `joins`. `by hold`: a session can
   * {@link AmongOthers.hold} the tables while the others open their snapshots. null: they cannot.
   */
  readonly sharesSnapshots: 'by name' | 'by hold' | null;
  /** What can go wrong with consistency here, in words; null: one snapshot with locked tables. */
  readonly consistencyRemark: string | null;
  /** What a snapshot costs others for as long as it is open, in sentences: it is said of a run that is paused. */
  readonly snapshotCost: string;
  /** How people write an address of this product in one line; null: they do not. */
  readonly url: UrlRules | null;
  /** With what a condition is written on screens. */
  readonly quoting: SqlQuoting;
}

/** How a URL of a product becomes options. User, host and port stand where every URL has them. */
export interface UrlRules {
  /** e.g. `https`, without the colon. */
  readonly schemes: readonly string[];
  /** The option that the path is; whether its leading slash belongs to it. */
  readonly path: { readonly option: string; readonly absolute: boolean };
  /** Parameters of the query by lower-case name. `password` as option: it is the password. */
  readonly parameters: Readonly<Record<string, UrlParameter>>;
  /**
   * Patterns of addresses that are no URLs, such as some of JDBC's: each named group is an option, `query` holds parameters.
   * Whatever begins with `jdbc:` and the first scheme, and is none of them, is not understood.
   */
  readonly forms?: readonly string[];
}

export interface UrlParameter {
  readonly option: string;
  /**
   * Values by lower-case spelling; null: what the option means when it is not given; several options where one word says
   * more. Absent: taken as it is.
   */
  readonly values?: Readonly<Record<string, string | null | Readonly<Record<string, string>>>>;
}

/** How tables of a product are cut into ranges of a key (`TableRead.range`). */
export interface KeyCuts {
  /** Its order, comparisons with a literal, and the text it is read as all agree: no row is lost or doubled at a cut. */
  canCutBy(column: ReadColumn): boolean;
  /** The statement that gives the key of the row number `rows`, counted from 1, of a read in the order of `key`; no row: there are fewer. */
  cut(read: TableRead, key: readonly ReadColumn[], rows: number): SqlStatement;
}

/**
 * The product's SQL, as pure functions: used for `run --dry-run`, for the run itself and for golden files alike.
 * Each throws `PLAN/SQL_REFUSED` when the operator's SQL is not what it claims to be, `PLAN/PARAM_UNDECLARED` when it
 * names a parameter that `read.params` lacks.
 */
export interface SqlDialect {
  quoteName(name: string): string;
  /** One literal of untyped text; refuses NUL. */
  literal(text: string): string;
  /**
   * The statement a run or preview executes for this read, limit and order included. Where a run reads in another wire form its
   * statement may name that form and spell columns for it; rows and order are the same.
   */
  select(read: TableRead): SqlStatement;
  /** The statement that counts the rows of this read (its limit included, its order not). */
  count(read: TableRead): SqlStatement;
  /** A wire form in which rows of these columns come with less work than in `traits.wire`; null or absent: there is none. */
  leanWire?(columns: readonly ReadColumn[]): WireForm | null;
  /** Absent: tables of this product are read in one go. */
  readonly keyCuts?: KeyCuts;
  /** The statement that would let the login `user` read the table; null: the product has no such right. */
  grantSelect(table: TableName, user: string): string | null;
  /** Names of parameters used in the operator's SQL of this read, in order of first use. */
  parametersOf(sql: string): readonly string[];
}

/** Where files of this user are that a product's own client programs read, such as one with passwords. */
export interface UserFiles {
  /** The user's own folder. */
  readonly home: string;
  /** A connector says in docs/connectors which names it heeds: those of files, and no other. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface OpenContext {
  readonly signal: AbortSignal;
  /** Shown on the server as the session's name. */
  readonly applicationName: string;
  readonly statementTimeoutMs: number;
  /**
   * How the server is reached where that is not straight: every connection to it, one that cancels too, goes this way. Names
   * are looked up at its far end; what a certificate is asked for stays the server's own name. Absent: straight.
   */
  readonly dial?: Dial;
  /** How long a lock of another session is waited for; absent: `DEFAULT_LOCK_TIMEOUT_MS`. */
  readonly lockTimeoutMs?: number;
  /** Opens the key of the client certificate, where it is locked. */
  readonly keyPassphrase?: SecretText | null;
  /** Absent: no such file is looked for. */
  readonly userFiles?: UserFiles;
}

/** A database product. `open` connects, makes the session read-only, and fixes what would move bytes. */
export interface Connector<Options = unknown> {
  readonly id: string;
  readonly title: string;
  readonly traits: ConnectorTraits;
  /**
   * Options of a connection, without secrets. Each property has `.meta({ title, flag })`; forms and CLI flags are derived
   * from it. Validation failures become `CONNECTION/OPTION_INVALID`.
   */
  readonly options: z.ZodType<Options>;
  readonly dialect: SqlDialect;
  /** The CSV its own loader reads exactly. */
  readonly csvProfile: CsvProfile;
  /** The schema of every batch that reads these columns: known before the first row, so that an empty table has a header. */
  batchSchema(columns: readonly ReadColumn[]): BatchSchema;
  open(options: Options, password: SecretText | null, context: OpenContext): Promise<Session>;
}

/** What `connection test` shows and the manifest records. */
export interface ServerFacts {
  readonly product: string;
  readonly version: string;
  readonly user: string;
  readonly database: string;
  /** null: the session is not encrypted. `verified`: the peer's certificate and, in verify-full, its name were checked. */
  readonly tls: { readonly version: string; readonly cipher: string; readonly verified: boolean } | null;
  /** Round trip of a trivial statement, milliseconds. */
  readonly latencyMs: number;
  readonly readOnly: 'enforced by the server' | 'not enforced by the server';
  /** What the login lacks for an export, in words; empty when nothing was found missing. */
  readonly missingPrivileges: readonly string[];
  /** What the session rests on beside the connection's own options and secrets, in words: `password from ~/.pgpass, line 3`. */
  readonly notes?: readonly string[];
}

/**
 * One live, disposable use of a connector. Every method except `snapshot` runs in a short transaction of its own with
 * statement and lock timeouts and leaves none open. Aborting `signal` cancels on the server too and rejects with
 * `RUN/CANCELLED` within a second, even on a dead socket (the session is unusable afterwards).
 */
export interface Session extends AsyncDisposable {
  facts(signal: AbortSignal): Promise<ServerFacts>;
  /** All of the catalog, or one namespace of it. System namespaces are left out. A product may have no definitions to give. */
  catalog(filter: CatalogFilter, signal: AbortSignal): Promise<Catalog>;
  /** Output columns of a query, without running it. Unknown types: `SOURCE/TYPE_UNMAPPED` naming the column. */
  describe(sql: string, params: TableRead['params'], signal: AbortSignal): Promise<readonly ReadColumn[]>;
  /**
   * Has the server compile the statement of a read without running it. Rejects with what a run would meet: broken SQL, an
   * unknown name, a missing right to read.
   */
  check(read: TableRead, signal: AbortSignal): Promise<void>;
  /** Exact number of rows of this read. */
  count(read: TableRead, signal: AbortSignal): Promise<number>;
  /** The first rows: `read.limit` is in the SQL. The batches are those a run would get. */
  preview(read: TableRead, signal: AbortSignal): AsyncIterable<RowBatch>;
  /**
   * Locks all tables of `reads` against change (all or none, bounded wait), then opens one consistent read-only snapshot
   * for all of them. Compares the locked tables' columns with `reads`: a difference is `SOURCE/CATALOG_DRIFT`. A read that the
   * server does not accept (a right is missing, the SQL fails) does not hinder the others: it fails when it is read.
   */
  snapshot(reads: readonly TableRead[], signal: AbortSignal, how?: SnapshotHow): Promise<Snapshot>;
  /** null: there is no server, and a session knows nothing of others. */
  readonly others: AmongOthers | null;
}

/** What a session does about other sessions of its server. Like all it does, not while a snapshot of its own is open. */
export interface AmongOthers {
  /** What `look` takes for this session, now and never for another one. */
  number(signal: AbortSignal): Promise<string>;
  /**
   * How those of the sessions with these numbers that are still there are doing. Asks about no other, and only what costs
   * nobody anything. `SOURCE/PERMISSION_DENIED`: what is missing for it, and how to have it granted.
   */
  look(numbers: readonly string[], signal: AbortSignal): Promise<readonly SessionLoad[]>;
  /**
   * Keeps all others from changing the tables of `reads` (bounded wait) until it is disposed of: snapshots whose point in time
   * is fixed meanwhile are at one. null: not for these reads. Rejects where a right is missing or a lock cannot be had. Only
   * where the product shares snapshots by hold.
   */
  hold?(reads: readonly TableRead[], signal: AbortSignal): Promise<Hold | null>;
}

/** Tables that others cannot change. */
export interface Hold extends AsyncDisposable {
  /** Whether they were held without a gap until now: who has lost its connection has let them go. */
  lasts(signal: AbortSignal): Promise<boolean>;
}

export interface SnapshotHow {
  /**
   * The id of a snapshot of another session that was opened for the same reads and is still open: this one is at the same point in
   * time, and holds locks of its own. Only where the product shares snapshots by name.
   */
  readonly joins?: string;
  /**
   * Awaited when the tables are locked, before the point in time is fixed; what it rejects with, the snapshot rejects with.
   * Only where the product shares snapshots by hold.
   */
  readonly beforeFixed?: () => Promise<void>;
  /** Called as soon as the point in time is fixed: what was held for it can be let go. Only where it is shared by hold. */
  readonly onFixed?: () => void;
}

export interface ReadHow {
  readonly signal: AbortSignal;
  /** The form in which unsplit wire blocks are wanted: `traits.wire` where that is not `none`, or the dialect's `leanWire`. `false`: cells. */
  readonly wire: string | false;
  /** Absent: batches of a size that suits. Wire blocks keep to it; batches of cells need not, they can be divided. */
  readonly pieces?: PieceSize | null;
}

/** A batch ends with the row that reaches one of these; a row longer than that is a batch of its own. */
export interface PieceSize {
  readonly rows: number;
  readonly bytes: number;
}

export interface SnapshotFacts {
  /** The product's name of the point in time, e.g. a transaction snapshot; for the record. */
  readonly id: string;
  /** Why a count equal on all sides would still prove nothing, in words, per read in order; null: it proves it. */
  readonly unproven: readonly (string | null)[];
}

export interface CutHow {
  /** Counted from 1. */
  readonly rows: number;
  readonly signal: AbortSignal;
}

/** One consistent point in time, held until disposed. Reads are sequential: finish or abort one before the next. */
export interface Snapshot extends AsyncDisposable {
  readonly facts: SnapshotFacts;
  /**
   * Rows of a read, in its order. The consumer owns each batch and releases it. Not pulling stops the server (no
   * unbounded buffering). Errors: SOURCE/*. One that failed or was left early takes neither snapshot nor locks with it, unless
   * the connection is gone, or the server ended the transaction with it: then every later one fails too. With `wire` the batches are blocks for a fused kernel: `bytes[0, tail)` holds `rows` whole rows in that wire form (row-batch.md §7), and no cells.
   * A row longer than a block comes as fragment batches with cells even then, so that memory stays flat.
   */
  read(read: TableRead, how: ReadHow): AsyncIterable<RowBatch>;
  /** Rows of this read in this very snapshot. */
  count(read: TableRead, signal: AbortSignal): Promise<number>;
  /** The key of its row number `rows`, as the dialect's `keyCuts` has it; null: the read has fewer. There where the dialect has those. */
  cut?(read: TableRead, key: readonly ReadColumn[], how: CutHow): Promise<readonly string[] | null>;
}
