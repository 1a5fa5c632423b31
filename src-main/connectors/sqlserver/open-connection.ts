/**
 * Logs in. mssql and tedious make the connection; the socket, and what of TLS the driver cannot do, are ours: a connection
 * that does not come about keeps its own reason, and `verify-ca` exists.
 */
import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { ConnectionPool, config } from 'mssql';
import type { Connection } from 'tedious';
import { bug } from '../../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { Dial } from '../../ports/tunnel.ts';
import { abortable } from '../kit/abort.ts';
import { dialSocket } from '../kit/dialled-socket.ts';
import { ServerError } from './server-error.ts';

export interface LoginAddress {
  /** A name, an address, or the path of a Unix socket. */
  readonly host: string;
  readonly port: number;
  /** null: the port leads there. */
  readonly instance: string | null;
  readonly database: string;
  readonly auth: 'sql' | 'ntlm' | 'entra-token';
  readonly user: string;
  readonly domain: string | null;
  readonly tls: ConnectionOptions | null;
  /** TLS comes before anything else: TDS 8.0. */
  readonly tlsFirst: boolean;
  readonly applicationName: string;
  /** Absent: straight. */
  readonly dial?: Dial | undefined;
}

export interface OpenConnection {
  readonly connection: Connection;
  /** null: the session is not encrypted. */
  readonly secured: TLSSocket | null;
}

const CONNECT_TIMEOUT_MS = 15_000;
const CANCEL_TIMEOUT_MS = 3000;
/** Servers take the largest packet they can; encrypted ones half as much. */
const PACKET_BYTES = 16_384;
const LONGEST_NAME = 128;
const DATABASE_ERRORS = new Set([911, 916, 4060, 4064]);

/** mssql's pool tries a connection out and throws it away first; one that is kept is all we need. */
interface PoolInside {
  _poolCreate: () => Promise<Connection>;
}

type Tds8 = { wrapWithTls: (socket: Socket) => Promise<TLSSocket> };

/** Throws the driver's errors, and {@link ServerError} where the server itself refused. */
export async function openConnection(
  address: LoginAddress,
  secret: SecretText | null,
  signal: AbortSignal,
): Promise<OpenConnection> {
  const { default: mssql } = await import('mssql');
  const login = new Login(address);
  const pool: ConnectionPool = new mssql.ConnectionPool(configOf(address, secret, login));
  pool.on('error', () => undefined);
  const inside = pool as unknown as PoolInside;
  if (typeof inside._poolCreate !== 'function') throw bug('the driver has changed inside');
  try {
    const connection = await abortable(inside._poolCreate(), signal, () => login.giveUp());
    return { connection, secured: login.secured };
  } catch (error) {
    login.giveUp();
    throw login.reason ?? error;
  }
}

function configOf(address: LoginAddress, secret: SecretText | null, login: Login): config {
  const { host, port, instance, database, auth, user, domain, tls, tlsFirst, applicationName } = address;
  const revealed = secret?.reveal() ?? '';
  return {
    server: host,
    ...(instance === null ? { port } : {}),
    database,
    ...(auth === 'entra-token' ? {} : { user, password: revealed }),
    ...(auth === 'ntlm' ? { domain: domain ?? '' } : {}),
    ...(auth === 'entra-token'
      ? { authentication: { type: 'azure-active-directory-access-token' as const, options: { token: revealed } } }
      : {}),
    beforeConnect: (connection) => login.watch(connection),
    options: {
      encrypt: (tls === null ? false : tlsFirst ? 'strict' : true) as boolean,
      trustServerCertificate: tls === null || tls.rejectUnauthorized === false || tls.checkServerIdentity !== undefined,
      cryptoCredentialsDetails: {
        ...(tls?.minVersion ? { minVersion: tls.minVersion } : {}),
        ...(tls?.ca ? { ca: tls.ca } : {}),
      },
      ...(instance === null ? {} : { instanceName: instance }),
      connector: login.connector as unknown as () => Promise<Socket>,
      appName: applicationName.slice(0, LONGEST_NAME),
      connectTimeout: CONNECT_TIMEOUT_MS,
      cancelTimeout: CANCEL_TIMEOUT_MS,
      // Ours is kept by the link: the driver's ends with the first packet of the answer.
      requestTimeout: 0,
      maxRetriesOnTransientErrors: 0,
      packetSize: PACKET_BYTES,
      readOnlyIntent: true,
      fallbackToDefaultDb: false,
      dateFormat: 'ymd',
      abortTransactionOnError: false,
    },
  };
}

/** What happens between the first packet and the answer to the login. */
class Login {
  reason: Error | null = null;
  secured: TLSSocket | null = null;
  readonly #address: LoginAddress;
  #socket: Socket | null = null;
  #connection: Connection | null = null;
  #host: string;

  constructor(address: LoginAddress) {
    this.#address = address;
    this.#host = address.host;
  }

  watch(connection: Connection): void {
    this.#connection = connection;
    // Stays for good: a lost socket is heard of by whoever waits.
    connection.on('error', () => undefined);
    connection.on('errorMessage', ({ number, message, lineNumber }) => {
      if (this.reason instanceof ServerError && DATABASE_ERRORS.has(this.reason.number)) return;
      this.reason = new ServerError(number, message, lineNumber);
    });
    connection.on('secure', (socket) => this.#secure(socket));
    if (!this.#address.tlsFirst) return;
    const inside = connection as unknown as Tds8;
    if (typeof inside.wrapWithTls !== 'function') throw bug('the driver has changed inside');
    inside.wrapWithTls = (socket) => this.#wrap(socket);
  }

  /** Gives the connection up without a word. */
  giveUp(): void {
    this.#socket?.destroy();
    this.#connection?.close();
  }

  /** The driver's way to a socket, to the server it was told of or to the one that server sent it to. */
  readonly connector = async (
    { host, port }: { readonly host: string; readonly port: number },
    _lookup: unknown,
    signal: AbortSignal,
  ): Promise<Socket> => {
    this.#host = host;
    const { dial } = this.#address;
    if (dial !== undefined) {
      const dialled = await dialSocket({ host, port }, { dial, signal });
      this.#socket = dialled;
      return dialled;
    }
    const socket = host.startsWith('/') ? connectSocket(host) : connectSocket({ host, port });
    this.#socket = socket;
    const { promise, resolve, reject } = Promise.withResolvers<Socket>();
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket));
    try {
      return await promise;
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      socket.removeListener('error', reject);
      signal.removeEventListener('abort', stop);
    }
  };

  /** Runs before the login is sent: with a certificate that is not to be trusted it is never sent. */
  #secure(socket: TLSSocket): void {
    this.secured = socket;
    const { tls } = this.#address;
    if (tls === null || tls.rejectUnauthorized === false || socket.authorized) return;
    const code = socket.authorizationError as unknown as string;
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' && tls.checkServerIdentity !== undefined) return;
    this.reason = Object.assign(new Error('the certificate is not to be trusted'), { code });
    this.giveUp();
  }

  async #wrap(raw: Socket): Promise<TLSSocket> {
    const host = this.#host;
    const name = isIP(host) === 0 ? { servername: host } : {};
    const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
    const options = { ...this.#address.tls, ...name, host, socket: raw, ALPNProtocols: ['tds/8.0'] };
    const socket = connectTls(options, () => resolve(socket));
    socket.once('error', reject);
    try {
      this.secured = await promise;
      socket.setMaxSendFragment(PACKET_BYTES);
      return socket;
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      socket.removeListener('error', reject);
    }
  }
}
