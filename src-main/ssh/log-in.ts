import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ConnectConfig } from 'ssh2';
import { isAppError } from '../../src-shared/errors/app-error.ts';
import { cancelled, throwIfAborted } from './cancelled.ts';
import { fingerprint } from './fingerprint.ts';
import { algorithmsFor, hostKeyRefusal, judgeHostKey, type HostKeyPolicy } from './host-key-policy.ts';
import { readKeyType, type HostKeyAlgorithm } from './key-type.ts';
import { loginError, type LoginWords } from './login-errors.ts';
import { placeText } from './ssh-words.ts';

const CONNECT_MS = 20_000;
/** A peer that answers none of three is gone. */
const KEEPALIVE_MS = 10_000;

/** With what a person logs in. What is sent of it is up to the server's questions. */
export interface SshLogin {
  readonly username: string;
  readonly password?: string;
  readonly privateKey?: Buffer;
  readonly passphrase?: string;
  /** Socket or pipe of an agent, which signs and never shows a key. It is not forwarded. */
  readonly agent?: string;
}

export interface LogInRequest<T> {
  readonly policy: HostKeyPolicy;
  readonly login: SshLogin;
  readonly loginWords: LoginWords;
  readonly signal: AbortSignal;
  /** How the server is reached; absent: straight. */
  readonly reach?: () => Promise<Duplex>;
  /** Has a client log in over the socket; what it resolves with is what the caller wanted of the login. */
  readonly open: (config: ConnectConfig, socket: Duplex) => Promise<T>;
}

export interface LoggedIn<T> {
  readonly opened: T;
  readonly socket: Duplex;
  /** Fingerprint of the key that it trusts. */
  readonly hostKey: string;
}

/** What the server showed; kept outside of the attempt, which may fail after it. */
interface Shown {
  hostKey: Buffer | null;
}

/**
 * Connects and logs in; nothing of the login is sent before the host key is trusted. A pinned fingerprint does not say
 * which type of key it is of, so a server with several keys is asked for each of them before it counts as changed.
 */
export async function logIn<T>(request: LogInRequest<T>): Promise<LoggedIn<T>> {
  const { policy, signal } = request;
  throwIfAborted(signal);
  const { family } = policy.words;
  const refused = new Set<string>();
  for (let refusal: unknown = null; ;) {
    const algorithms = algorithmsFor(policy, refused);
    const shown: Shown = { hostKey: null };
    try {
      return await attempt(request, algorithms, shown);
    } catch (error) {
      if (isAppError(error, 'RUN/CANCELLED')) throw error;
      refusal ??= error;
      const type = shown.hostKey === null ? null : readKeyType(shown.hostKey);
      const another = isAppError(error, `${family}/HOST_KEY_CHANGED`) && policy.pinned !== null && type !== null;
      if (!another || refused.has(type)) throw refusal;
      refused.add(type);
      if (algorithmsFor(policy, refused).length === 0) throw refusal;
    }
  }
}

async function attempt<T>(
  request: LogInRequest<T>,
  algorithms: HostKeyAlgorithm[],
  shown: Shown,
): Promise<LoggedIn<T>> {
  const { policy, signal } = request;
  const { socket, connected } = request.reach === undefined ? straight(policy.place) : await led(request.reach);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => {
    reject(cancelled());
    socket.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([aborted, speak(request, { socket, connected, algorithms, shown })]);
  } catch (error) {
    socket.destroy();
    if (signal.aborted) throw cancelled();
    const verdict = shown.hostKey === null ? 'known' : judgeHostKey(policy, shown.hostKey);
    if (shown.hostKey !== null && verdict !== 'known') throw hostKeyRefusal(policy, verdict, shown.hostKey);
    throw loginError(error, { where: placeText(policy.place), words: policy.words, login: request.loginWords });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function speak<T>(
  { policy, login, open }: LogInRequest<T>,
  { socket, connected, algorithms, shown }: Reached & { algorithms: HostKeyAlgorithm[]; shown: Shown },
): Promise<LoggedIn<T>> {
  await connected();
  const config: ConnectConfig = {
    ...login,
    sock: socket,
    readyTimeout: CONNECT_MS,
    keepaliveInterval: KEEPALIVE_MS,
    algorithms: { serverHostKey: algorithms },
    // Without it every host key would be accepted.
    hostVerifier: (blob: Buffer): boolean => {
      shown.hostKey = Buffer.from(blob);
      return judgeHostKey(policy, blob) === 'known';
    },
  };
  const opened = await open(config, socket);
  if (shown.hostKey === null) throw new Error('no host key was shown');
  return { opened, socket, hostKey: fingerprint(shown.hostKey) };
}

interface Reached {
  readonly socket: Duplex;
  /** The way stands. */
  readonly connected: () => Promise<void>;
}

async function led(reach: () => Promise<Duplex>): Promise<Reached> {
  const socket = await reach();
  endByItself(socket);
  return { socket, connected: () => Promise.resolve() };
}

function straight(place: HostKeyPolicy['place']): Reached {
  const socket = connect(place);
  // Small requests would wait for the acknowledgement of those before them.
  socket.setNoDelay(true);
  return { socket, connected: () => connectedTo(socket) };
}

async function connectedTo(socket: Duplex): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error('timed out')), CONNECT_MS);
  socket.once('error', reject);
  socket.once('connect', resolve);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    socket.removeListener('error', reject);
    endByItself(socket);
  }
}

/** Errors end the socket, and its end is what everybody listens to. */
function endByItself(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
}
