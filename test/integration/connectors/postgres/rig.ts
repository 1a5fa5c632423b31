import { once } from 'node:events';
import net from 'node:net';
import { postgres } from '../../../../src-main/connectors/postgres/index.ts';
import type { PostgresOptions } from '../../../../src-main/connectors/postgres/options.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import type { TableName } from '../../../../src-shared/model/catalog.ts';
import { cellText, CELL_CUT, CELL_NULL, type RowBatch } from '../../../../src-shared/model/row-batch.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import type { ReadColumn, TableRead } from '../../../../src-shared/model/table-read.ts';
import { postgresSql, type PostgresAddress } from '../../../servers/postgres-client.ts';

export const signal = new AbortController().signal;
export const APPLICATION = 'waybill test';

export interface Opened {
  readonly options?: Partial<PostgresOptions>;
  readonly password?: string | null;
  readonly statementTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

export function openPostgres(server: PostgresAddress, database: string, how: Opened = {}): Promise<Session> {
  const { host, port, user } = server;
  const options = { host, port, user, database, tls: 'disable' as const, ...how.options };
  const password = how.password === undefined ? server.password : how.password;
  return postgres.open(options, password === null ? null : new SecretText(password), {
    signal: how.signal ?? signal,
    applicationName: APPLICATION,
    statementTimeoutMs: how.statementTimeoutMs ?? 0,
    ...(how.lockTimeoutMs === undefined ? {} : { lockTimeoutMs: how.lockTimeoutMs }),
  });
}

export function queryRead(sql: string, columns: readonly ReadColumn[], more: Partial<TableRead> = {}): TableRead {
  return { source: { kind: 'query', sql }, columns, where: null, orderBy: [], limit: null, params: {}, ...more };
}

/** A read of all columns of a table, as the catalog gives them. */
export async function tableRead(session: Session, table: TableName, more: Partial<TableRead> = {}): Promise<TableRead> {
  const catalog = await session.catalog({ namespace: table.namespace }, signal);
  const found = catalog.namespaces[0]?.tables.find(({ name }) => name === table.name);
  if (found === undefined) throw new Error(`${table.name} is not in the catalog`);
  const columns = found.columns.flatMap(({ name, nativeType, nullable, type }) =>
    type === null ? [] : [{ name, nativeType, nullable, type }],
  );
  return { source: { kind: 'table', table }, columns, where: null, orderBy: [], limit: null, params: {}, ...more };
}

/** Rows as text; releases the batches. Only for values below a block. */
export async function rowsOf(batches: AsyncIterable<RowBatch>): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const batch of batches) {
    const width = batch.schema.columns.length;
    for (let row = 0; row < batch.rows; row++) {
      rows.push(Array.from({ length: width }, (_, column) => cellText(batch, row * width + column)));
    }
    batch.release();
  }
  return rows;
}

export interface LongCells {
  readonly fragments: number;
  readonly cutCells: number;
  readonly bytes: number;
  readonly largestBlock: number;
}

/** Adds up what arrives without keeping it. */
export async function measure(batches: AsyncIterable<RowBatch>): Promise<LongCells> {
  let [fragments, cutCells, bytes, largestBlock] = [0, 0, 0, 0];
  for await (const batch of batches) {
    if (batch.fragment) fragments++;
    for (let cell = 0; cell < batch.cells; cell++) {
      if ((batch.flags[cell] ?? 0) & CELL_NULL) continue;
      bytes += (batch.ends[cell] ?? 0) - (batch.starts[cell] ?? 0);
      if ((batch.flags[cell] ?? 0) & CELL_CUT) cutCells++;
    }
    largestBlock = Math.max(largestBlock, batch.bytes.length);
    batch.release();
  }
  return { fragments, cutCells, bytes, largestBlock };
}

/** Transactions our sessions hold open on the server, and statements they run. */
export async function openTransactions(server: PostgresAddress, database: string): Promise<string> {
  const where = `application_name = '${APPLICATION}' and datname = '${database}' and xact_start is not null`;
  return postgresSql(server, `select count(*) from pg_stat_activity where ${where}`);
}

export interface Proxy {
  readonly port: number;
  /** From now on passes nothing on, in either direction, and takes no connections: the wire is dead, nobody says so. */
  goSilent(): void;
  close(): void;
}

export async function startProxy(target: PostgresAddress): Promise<Proxy> {
  const sockets: net.Socket[] = [];
  let silent = false;
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    sockets.push(client);
    client.on('error', () => client.destroy());
    if (silent) return void client.pause();
    const upstream = net.connect(target.port, target.host);
    sockets.push(upstream);
    upstream.on('error', () => client.destroy());
    client.pipe(upstream);
    upstream.pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    port: address.port,
    goSilent: () => {
      silent = true;
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
