import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { ReadBook } from '../../servers/tds/behind/read-book.ts';

/** How the suite tries one connector: its words for what every product can do, and a place to do it. */
export interface ConnectorRig {
  /** The product the tests run on, as its session must name itself. */
  readonly product: string;
  /** What stands in for the product, where the tests run on no real one: named in the tests' titles. */
  readonly standIn?: string;
  readonly types: {
    readonly integer: string;
    readonly bigint: string;
    readonly text: string;
    /** For texts that a `text` cannot hold; absent: it can. */
    readonly longText?: string;
    readonly bytes: string;
  };
  /** What a `bigint` is where the product has no integers of 64 bits; absent: one of them. */
  readonly bigints?: LogicalType;
  /** The product takes the empty text for NULL. */
  readonly emptyIsNull?: boolean;
  /** The option that says which database a connection leads to; absent: `database`. */
  readonly databaseOption?: string;
  /** Names the product itself cannot give to a column. */
  readonly refusedNames: readonly string[];
  /**
   * A table with a column `odd` of a type Waybill cannot carry, null: this product has none. `query`: describing it must be
   * refused, null: the product gives columns of queries no type.
   */
  readonly unmapped: { readonly ddl: string; readonly table: string; readonly query: string | null } | null;
  /** SQL that gives a column another type. */
  alterType(table: string, column: string): string;
  /** A FROM item with one column `i` that counts from 1. */
  series(count: number): string;
  /** An expression of that text, repeated. */
  repeat(text: string, times: number): string;
  /** An expression of so many bytes 0xab, as a binary value. */
  bytes(count: number): string;
  /** Statements that keep everybody else off a table, and let go of it; null: the product has no such lock. */
  lock(table: string): { readonly take: string; readonly release: string } | null;
  /** A query whose column `n` gives rows for minutes, the first at once. */
  readonly endlessQuery: string;
  /** A query whose column `n` cannot be computed for a row in the middle. */
  readonly failingQuery: string;
  /** A query with a column `n` at which the server works for a minute and more before its first row. */
  readonly busyQuery: string;
  start(): Promise<ConnectorPlace>;
}

/** A fresh database on a real server, or a fresh file. */
export interface ConnectorPlace {
  /** Options of a connection, before the connector's own schema. */
  readonly connection: Readonly<Record<string, unknown>>;
  readonly password: SecretText | null;
  readonly namespace: string;
  /** Names that are written without quotes are stored in upper case. */
  readonly upperCases?: boolean;
  /** Runs SQL as the owner, on a connection that stays open; waits at most about a second for locks. */
  sql(text: string): Promise<void>;
  /** Transactions and statements that sessions of the suite have open, as the server tells. */
  openTransactions(): Promise<number>;
  /** Absent: a real server. */
  readonly inside?: StandInInside;
  stop(): Promise<void>;
}

/** What only a stand-in lets a test do and see. */
export interface StandInInside {
  /** Sessions that have read rows, keys at cuts or counts in a snapshot. */
  readonly reads: ReadBook;
  /** Cuts the wire of the connection that was opened last. */
  loseLast(): void;
  /** How long the session that was opened last takes to fix its point in time. Only where that is shared by hold. */
  readonly slow?: { lastMs: number };
}

/** Shown on the server as the name of the suite's sessions. */
export const APPLICATION = 'waybill contract';
