/**
 * The socket of a connection in the mode `thin`, and what of TLS the driver cannot do, are ours: a connection that does not
 * come about keeps its own reason, a host may be a Unix socket, and `--ca`, `verify-ca` and `require` exist.
 */
import { createRequire } from 'node:module';
import { connect as connectSocket, type Socket } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  type ConnectionOptions,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import { bug } from '../../../src-shared/errors/app-error.ts';
import type { Place } from '../../ports/tunnel.ts';
import { dialSocket, type DialHow } from '../kit/dialled-socket.ts';

/** The driver's adapter of one socket, as far as it is reached into. */
interface Adapter {
  readonly atts: { readonly connectionId?: string; readonly wallet?: unknown; readonly walletPassword?: unknown };
  readonly host: string;
  readonly hostName?: string;
  readonly originHost?: string;
  stream: Socket;
  connStream?: Socket;
  connected: boolean;
  ntConnect(address: { readonly host: string; readonly port: number }): Promise<void>;
  tlsConnect(context: SecureContext, stream: Socket): Promise<void>;
}

/** A way that is not straight. */
export interface Dialled extends DialHow {
  /** The server's own name, which the driver is not told: it would look it up on this machine. */
  readonly host: string | null;
}

/** Stands in a connect string for a name that is looked up elsewhere. No machine has it (RFC 5737). */
export const STAND_IN = '192.0.2.1';

/** How one connection's sockets are made, and what became of them. */
export interface Network {
  /** The path of a Unix socket instead of host and port; null: as the driver is told. */
  readonly socketPath: string | null;
  /** How and where a server is dialled; null: straight. */
  readonly dialled: Dialled | null;
  /** null: the connection is not encrypted, or the driver is told by the connect string. */
  readonly tls: ConnectionOptions | null;
  secured: TLSSocket | null;
  /** Why the last socket did not come about. */
  reason: Error | null;
  socket: Socket | null;
}

const networks = new Map<string, Network>();
let counter = 0;
let isWatching = false;

/** Registers a network; connections opened with the prefix it gives run over it. */
export function registerNetwork(network: Network): string {
  watch();
  const prefix = `wb${(counter++ % 1_000_000).toString(36).padStart(4, '0')}`;
  networks.set(prefix, network);
  return prefix;
}

export function forgetNetwork(prefix: string): void {
  networks.delete(prefix);
}

function watch(): void {
  if (isWatching) return;
  // Its types leave this part out.
  const inside: unknown = createRequire(import.meta.url)('oracledb/lib/thin/sqlnet/ntTcp.js');
  const { prototype } = inside as { prototype?: Partial<Adapter> };
  const { ntConnect, tlsConnect } = prototype ?? {};
  if (prototype === undefined || ntConnect === undefined || tlsConnect === undefined) {
    throw bug('the driver has changed inside');
  }
  prototype.ntConnect = async function (this: Adapter, address) {
    const network = networkOf(this);
    if (network === null) return ntConnect.call(this, address);
    return connectOwn(this, network, address);
  };
  prototype.tlsConnect = async function (this: Adapter, context, stream) {
    const network = networkOf(this);
    if (network === null) return tlsConnect.call(this, context, stream);
    return secureOwn(this, network, { context, stream });
  };
  isWatching = true;
}

function networkOf({ atts }: Adapter): Network | null {
  return networks.get((atts.connectionId ?? '').slice(0, 6)) ?? null;
}

async function connectOwn(
  adapter: Adapter,
  network: Network,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  const { socketPath, dialled } = network;
  const place = { host, port: port || 1521 };
  if (dialled !== null) {
    adapter.stream = await dialOwn(network, dialled, place);
    network.socket = adapter.stream;
  } else {
    const socket = socketPath === null ? connectSocket(place) : connectSocket(socketPath);
    adapter.stream = socket;
    network.socket = socket;
    await settled(socket, 'connect', network);
  }
  adapter.connected = true;
}

async function dialOwn(network: Network, dialled: Dialled, { host, port }: Place): Promise<Socket> {
  try {
    const socket = await dialSocket({ host: host === STAND_IN ? (dialled.host ?? host) : host, port }, dialled);
    network.reason = null;
    return socket;
  } catch (error) {
    network.reason = error as Error;
    throw error;
  }
}

async function secureOwn(
  adapter: Adapter,
  network: Network,
  { context, stream }: { readonly context: SecureContext; readonly stream: Socket },
): Promise<void> {
  const own = network.tls ?? {};
  // A certificate is asked for by a name, not by the address that was looked up; after a redirect by either of the two.
  const told = adapter.hostName ?? adapter.host;
  const name = told === STAND_IN ? (network.dialled?.host ?? told) : told;
  stream.removeAllListeners();
  const secured = connectTls({
    ...own,
    socket: stream,
    host: name,
    secureContext: own.ca === undefined ? context : createSecureContext({ ca: own.ca }),
  });
  adapter.stream = secured;
  await settled(secured, 'secureConnect', network);
  adapter.connStream = stream;
  network.secured = secured;
}

/** Waits for a socket; its failure is kept as the reason, for the driver's own error holds a text alone. */
async function settled(socket: Socket, event: string, network: Network): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const end = (): void => reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }));
  socket.once('error', reject);
  socket.once('close', end);
  socket.once(event, resolve);
  try {
    await promise;
    network.reason = null;
  } catch (error) {
    network.reason = error as Error;
    socket.on('error', () => undefined);
    socket.destroy();
    throw error;
  } finally {
    socket.removeListener('error', reject);
    socket.removeListener('close', end);
  }
}
