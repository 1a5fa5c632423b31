// Puts the double in the place of oracledb's getConnection, for one address. Whoever asks for another address, or for TLS, gets
// the real driver: refused ports, unknown names and certificates are its own, and the system's.
import oracledb from 'oracledb';
import { createServer, type Server } from 'node:tls';
import { DoubleConnection } from './connection.ts';
import { ServerFault } from './server-fault.ts';
import type { DoubleSession } from './session.ts';

export interface StandInOptions {
  readonly user: string;
  readonly password: string;
  readonly service: string;
  /** The other name of the same database; absent: it has none. */
  readonly sid?: string;
  /** Users whose sessions this one may open. */
  readonly proxyFor?: readonly string[];
  readonly certificate: { readonly cert: Buffer; readonly key: Buffer };
  readonly open: (user: string) => DoubleSession;
}

export interface OracleStandIn extends AsyncDisposable {
  readonly port: number;
  /** What the driver was asked for, in order. */
  readonly asked: readonly Readonly<Record<string, unknown>>[];
  readonly connections: readonly DoubleConnection[];
}

type GetConnection = (attributes: Readonly<Record<string, unknown>>) => Promise<unknown>;
const driver = oracledb as unknown as { getConnection: GetConnection };
const real = driver.getConnection;
const standIns = new Map<number, (attributes: Readonly<Record<string, unknown>>) => DoubleConnection>();

/** Takes a port, at which a TLS server stands that speaks nothing else. */
export async function startOracleStandIn(options: StandInOptions): Promise<OracleStandIn> {
  const server = createServer(options.certificate, (socket) => socket.on('error', () => undefined).destroy());
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);
  const asked: Readonly<Record<string, unknown>>[] = [];
  const connections: DoubleConnection[] = [];
  driver.getConnection = dispatch;
  standIns.set(port, (attributes) => {
    asked.push(attributes);
    const connection = new DoubleConnection(login(options, attributes, port));
    connections.push(connection);
    return connection;
  });
  return {
    ...{ port, asked, connections },
    [Symbol.asyncDispose]: async () => {
      standIns.delete(port);
      if (standIns.size === 0) driver.getConnection = real;
      for (const connection of connections) await connection.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function dispatch(attributes: Readonly<Record<string, unknown>>): Promise<unknown> {
  const [, host, port] =
    /\(PROTOCOL=tcp\)\(HOST=([^)]*)\)\(PORT=(\d+)\)/.exec(String(attributes['connectString'])) ?? [];
  const found = host === '127.0.0.1' ? standIns.get(Number(port)) : undefined;
  return found === undefined ? real.call(oracledb, attributes) : found(attributes);
}

function login(options: StandInOptions, attributes: Readonly<Record<string, unknown>>, port: number): DoubleSession {
  const [, by, name = ''] = /\((SERVICE_NAME|SID)=([^)]*)\)/.exec(String(attributes['connectString'])) ?? [];
  if (name !== (by === 'SID' ? options.sid : options.service)) {
    const [code, what] = by === 'SID' ? ['NJS-519', 'SID'] : ['NJS-518', 'Service'];
    const said = `cannot connect to Oracle Database. ${what} "${name}" is not registered with the listener at host 127.0.0.1 port ${port}.`;
    throw new ServerFault(code, said);
  }
  const [, user = '', proxied] = /^([^[]*)(?:\[(.*)\])?$/.exec(String(attributes['user'])) ?? [];
  if (user !== options.user || attributes['password'] !== options.password) {
    throw new ServerFault('ORA-01017', 'invalid credential or not authorized; logon denied');
  }
  if (proxied !== undefined && options.proxyFor?.includes(proxied) !== true) {
    throw new ServerFault('ORA-28150', `proxy not authorized to connect as client`);
  }
  return options.open(proxied ?? user);
}

async function listen(server: Server): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => resolve());
  await promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  return address.port;
}
