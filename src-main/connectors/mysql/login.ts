/**
 * Connects and logs in with mysql2, then takes its socket over: what follows is spoken by our own reader. TLS is ours as
 * well, since the driver checks the certificate of a host given by its address against the name `localhost`.
 */
import { isIP, Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { Duplex } from 'node:stream';
import type * as Mysql2 from 'mysql2';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import { bug } from '../../../src-shared/errors/app-error.ts';
import type { Dial } from '../../ports/tunnel.ts';
import { abortable } from '../kit/abort.ts';
import { dialSocket } from '../kit/dialled-socket.ts';
import { GulpSocket } from '../kit/gulp-socket.ts';
import { openWirePlugins } from './auth-plugins.ts';
import type { WireRules } from './result-head.ts';

export interface LoginAddress {
  /** A name, an address, or the path of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly tls: ConnectionOptions | null;
  readonly applicationName: string;
  /** Absent: straight. */
  readonly dial?: Dial | undefined;
  /** Its public key as PEM text, got another way than over this wire. */
  readonly serverKey?: string | null;
}

export interface Login {
  readonly socket: Duplex;
  readonly rules: WireRules;
}

const CONNECT_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 30_000;
const CLIENT_DEPRECATE_EOF = 0x0100_0000;

/**
 * Flags the driver would set. LOCAL_FILES lets the server ask for files; MULTI_RESULTS lets a statement give several
 * answers; IGNORE_SPACE changes the lexer; query attributes and session tracking change packets.
 */
const FLAGS_OFF = [
  ...['-LOCAL_FILES', '-MULTI_STATEMENTS', '-MULTI_RESULTS', '-PS_MULTI_RESULTS', '-IGNORE_SPACE', '-ODBC'],
  ...['-CLIENT_QUERY_ATTRIBUTES', '-SESSION_TRACK', '-FOUND_ROWS', '-COMPRESS'],
];

type Done = (error?: Error & { code?: string }) => void;

/** Parts of the driver's connection that its types leave out. */
interface DriverInside {
  stream: Duplex;
  startTLS: (done: Done) => void;
  emit(event: 'error', error: Error): void;
  readonly packetParser: { execute(chunk: Uint8Array): void };
  readonly config: { readonly clientFlags: number };
  readonly serverCapabilityFlags: number;
  readonly _mariadbExtendedMetadata: boolean;
}

/** On first use: its many files would delay everybody who reads from another database. */
export const loadDriver = (): Promise<typeof Mysql2> => import('mysql2');

/** Logs in; `onSocket` hears of the raw socket at once, to destroy it. Throws the driver's errors. */
export async function logIn(address: LoginAddress, password: SecretText | null, signal: AbortSignal): Promise<Login> {
  const { createConnection, authPlugins } = await loadDriver();
  const socket = await openSocket(address, signal);
  const driver = createConnection({
    ...{ host: address.host, port: address.port, user: address.user, database: address.database },
    ...(password === null ? {} : { password: password.reveal() }),
    ...(address.host.startsWith('/') ? { socketPath: address.host } : {}),
    ...(isOpenWire(address) ? { authPlugins: openWirePlugins(authPlugins, address.serverKey ?? null) } : {}),
    ...(address.tls === null ? {} : { ssl: { rejectUnauthorized: true, verifyIdentity: true } }),
    stream: () => socket,
    charset: 'UTF8MB4_UNICODE_CI',
    flags: FLAGS_OFF,
    connectTimeout: CONNECT_TIMEOUT_MS,
    connectAttributes: { program_name: address.applicationName },
  });
  const inside = driver as unknown as DriverInside;
  if (inside.stream !== socket || typeof inside.startTLS !== 'function') throw bug('the driver has changed inside');
  const secured = address.tls === null ? null : secureWith(inside, address, address.tls);
  const { promise, resolve, reject } = Promise.withResolvers<Login>();
  // Stays for good: the driver reports a lost socket here later, too, and whoever waits hears of it through the socket.
  driver.on('error', reject);
  driver.on('connect', () => {
    const { stream } = inside;
    if (secured !== null && stream !== secured()) return reject(bug('the driver does not speak on the secured socket'));
    stream.removeAllListeners('data');
    stream.pause();
    const flags = inside.config.clientFlags & inside.serverCapabilityFlags;
    const deprecateEof = (flags & CLIENT_DEPRECATE_EOF) !== 0;
    return resolve({ socket: stream, rules: { deprecateEof, extendedMetadata: inside._mariadbExtendedMetadata } });
  });
  try {
    return await abortable(promise, signal, () => socket.destroy());
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Others may read what is sent, or answer in the server's place. A way that is dialled is encrypted up to its far end only. */
function isOpenWire({ host, tls }: LoginAddress): boolean {
  return tls === null && !host.startsWith('/');
}

async function openSocket({ host, port, tls, dial }: LoginAddress, signal: AbortSignal): Promise<Socket> {
  if (dial !== undefined) return dialSocket({ host, port }, { dial, signal });
  // A socket under TLS is read by the layer above it.
  const socket = tls === null ? new GulpSocket() : new Socket();
  if (host.startsWith('/')) return socket.connect(host);
  return socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS).connect({ host, port });
}

/** Replaces the driver's TLS upgrade; gives the secured socket once there is one. */
function secureWith(inside: DriverInside, { host }: LoginAddress, tls: ConnectionOptions): () => Duplex | null {
  let current: Duplex | null = null;
  inside.startTLS = (done) => {
    const raw = inside.stream;
    raw.removeAllListeners('data');
    const name = isIP(host) === 0 ? { servername: host } : {};
    let established = false;
    const secure = connectTls({ ...tls, ...name, host, socket: raw }, () => {
      established = true;
      done();
    });
    secure.on('error', (error) => {
      // The driver writes a code of its own over it.
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!established) done(Object.assign(error, { tlsReason: code }));
      // What the server thinks of the client's certificate it says when the handshake is over for the client.
      else if (code.startsWith('ERR_SSL_'))
        inside.emit('error', Object.assign(error, { code: 'HANDSHAKE_SSL_ERROR', tlsReason: code }));
    });
    secure.on('data', (chunk: Uint8Array) => inside.packetParser.execute(chunk));
    inside.stream = secure;
    current = secure;
  };
  return () => current;
}
