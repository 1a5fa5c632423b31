// What Waybill uses of oracledb's connection, as the double offers it, held to the types of oracledb itself.
import type { Connection, DbType, Lob, Metadata, ResultSet, StatementInfo } from 'oracledb';

export interface UsedResult {
  readonly rows?: unknown[][] | undefined;
  readonly resultSet?: UsedResultSet | undefined;
}

export interface UsedResultSet {
  getRows(count: number): Promise<unknown[][]>;
  close(): Promise<void>;
}

export interface UsedOptions {
  readonly resultSet?: boolean;
  readonly fetchTypeHandler?: FetchTypeHandler;
}

/** What a column is to be fetched as; nothing: as the driver does by itself. */
export type FetchTypeHandler = (column: Metadata<object>) => { readonly type?: DbType } | undefined;

export interface UsedConnection {
  callTimeout?: number | undefined;
  module?: string | undefined;
  action?: string | undefined;
  clientInfo?: string | undefined;
  readonly oracleServerVersionString: string;
  execute(text: string, binds: Record<string, { val?: unknown }>, options: UsedOptions): Promise<UsedResult>;
  getStatementInfo(text: string): Promise<{ metaData?: Metadata<object>[] | undefined }>;
  break(): Promise<void>;
  close(options?: { drop?: boolean }): Promise<void>;
}

export interface UsedLob {
  readonly length: number;
  getData(offset: number, amount: number): Promise<string | Buffer>;
  destroy(): unknown;
}

/** Fails to compile where the first is no longer what the second asks for. */
type Held<Real extends Used, Used> = Real;
export type HeldToTheDriver = [
  Held<
    Pick<Connection, 'callTimeout' | 'module' | 'action' | 'clientInfo' | 'oracleServerVersionString'>,
    Pick<UsedConnection, 'callTimeout' | 'module' | 'action' | 'clientInfo' | 'oracleServerVersionString'>
  >,
  Held<Connection['break'], UsedConnection['break']>,
  Held<Connection['close'], UsedConnection['close']>,
  Held<StatementInfo, { metaData?: Metadata<object>[] | undefined }>,
  Held<ResultSet<unknown[]>, UsedResultSet>,
  Held<Pick<Lob, 'length' | 'getData' | 'destroy'>, UsedLob>,
];
