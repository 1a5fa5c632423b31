import { once } from 'node:events';
import net from 'node:net';
import { createConnection, type Connection } from 'mysql2/promise';
import { mysql } from '../../../../src-main/connectors/mysql/index.ts';
import { Link } from '../../../../src-main/connectors/mysql/link.ts';
import type { MysqlOptions } from '../../../../src-main/connectors/mysql/options.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import type { TableName } from '../../../../src-shared/model/catalog.ts';
import { cellText, CELL_CUT, type RowBatch } from '../../../../src-shared/model/row-batch.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import type { ReadColumn, TableRead } from '../../../../src-shared/model/table-read.ts';
import { mariadbSql, type MariadbAddress } from '../../../servers/mariadb-client.ts';

export const signal = new AbortController().signal;

export interface Opened {
  readonly options?: Partial<MysqlOptions>;
  readonly password?: string | null;
  readonly statementTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

export function openMysql(server: MariadbAddress, database: string, how: Opened = {}): Promise<Session> {
  const { host, port, user } = server;
  const options = { host, port, user, database, tls: 'disable' as const, ...how.options };
  const password = how.password === undefined ? server.password : how.password;
  return mysql.open(options, password === null ? null : new SecretText(password), {
    signal: how.signal ?? signal,
    applicationName: 'waybill test',
    statementTimeoutMs: how.statementTimeoutMs ?? 0,
  });
}

/** The connection below a session, without its settings and without the lexer. */
export function openLink(server: MariadbAddress, database: string): Promise<Link> {
  const { host, port, user } = server;
  const address = { host, port, user, database, tls: null, applicationName: 'waybill test' };
  return Link.open(address, new SecretText(server.password), signal);
}

/** Another session, with all rights, through the driver. */
export function openOther(server: MariadbAddress, database: string): Promise<Connection> {
  return createConnection({ socketPath: server.socketPath, user: 'root', database, multipleStatements: true });
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
      bytes += (batch.ends[cell] ?? 0) - (batch.starts[cell] ?? 0);
      if ((batch.flags[cell] ?? 0) & CELL_CUT) cutCells++;
    }
    largestBlock = Math.max(largestBlock, batch.bytes.length);
    batch.release();
  }
  return { fragments, cutCells, bytes, largestBlock };
}

/** Transactions with a read view that connections to this database hold open, and statements they run. */
export async function openTransactions(server: MariadbAddress, database: string): Promise<string> {
  return mariadbSql(
    server,
    `select count(*) from information_schema.processlist p
     left join information_schema.innodb_trx t on t.trx_mysql_thread_id = p.id
     where p.user = '${server.user}' and p.db = '${database}' and (t.trx_id is not null or p.command <> 'Sleep')`,
  );
}

export interface Proxy {
  readonly port: number;
  /** From now on passes nothing on, in either direction, and takes no connections: the wire is dead, nobody says so. */
  goSilent(): void;
  close(): void;
}

export async function startProxy(target: MariadbAddress): Promise<Proxy> {
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
