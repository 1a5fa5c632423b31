import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { appError, isAppError } from '../../../src-shared/errors/app-error.ts';
import type { TargetContext, TargetSecrets } from '../../ports/target.ts';
import { cancelled, throwIfAborted } from '../kit/cancelled.ts';
import { loginError, type LoginWords } from './errors.ts';
import { fingerprint } from './fingerprint.ts';
import {
  algorithmsFor,
  hostKeyRefusal,
  judgeHostKey,
  readHostKeyPolicy,
  type HostKeyPolicy,
} from './host-key-policy.ts';
import { readKeyType, type HostKeyAlgorithm } from './key-type.ts';
import { SftpLink } from './link.ts';
import type { SftpOptions } from './options.ts';

const CONNECT_MS = 20_000;
/** A peer that answers none of three is gone. */
const KEEPALIVE_MS = 10_000;

/** An open channel and the fingerprint of the key it trusts. */
export interface OpenLink {
  readonly link: SftpLink;
  readonly hostKey: string;
}

interface Login {
  readonly username: string;
  readonly password?: string;
  readonly privateKey?: Buffer;
  readonly passphrase?: string;
}

interface Attempt {
  readonly policy: HostKeyPolicy;
  readonly algorithms: HostKeyAlgorithm[];
  readonly login: Login;
  readonly where: string;
  readonly signal: AbortSignal;
}

/** What the server showed; kept outside of the attempt, which may fail after it. */
interface Shown {
  hostKey: Buffer | null;
}

/**
 * Connects and logs in; nothing of the login is sent before the host key is trusted. A pinned fingerprint does not say
 * which type of key it is of, so a server with several keys is asked for each of them before it counts as changed.
 */
export async function connectSftp(
  options: SftpOptions,
  secrets: TargetSecrets,
  { signal }: TargetContext,
): Promise<OpenLink> {
  throwIfAborted(signal);
  const policy = await readHostKeyPolicy(options);
  const login = await readLogin(options, secrets);
  const where = `${options.host}:${options.port}`;
  const refused = new Set<string>();
  for (let refusal: unknown = null; ;) {
    const algorithms = algorithmsFor(policy, refused);
    const shown: Shown = { hostKey: null };
    try {
      return await attempt({ policy, algorithms, login, where, signal }, shown);
    } catch (error) {
      if (isAppError(error, 'RUN/CANCELLED')) throw error;
      refusal ??= error;
      const type = shown.hostKey === null ? null : readKeyType(shown.hostKey);
      const another = isAppError(error, 'TARGET/HOST_KEY_CHANGED') && policy.pinned !== null && type !== null;
      if (!another || refused.has(type)) throw refusal;
      refused.add(type);
      if (algorithmsFor(policy, refused).length === 0) throw refusal;
    }
  }
}

async function attempt(how: Attempt, shown: Shown): Promise<OpenLink> {
  const { policy, signal, where } = how;
  const socket = connect(policy.place);
  // Small requests would wait for the acknowledgement of those before them.
  socket.setNoDelay(true);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => {
    reject(cancelled());
    socket.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([aborted, logIn(how, socket, shown)]);
  } catch (error) {
    socket.destroy();
    if (signal.aborted) throw cancelled();
    const verdict = shown.hostKey === null ? 'known' : judgeHostKey(policy, shown.hostKey);
    if (shown.hostKey !== null && verdict !== 'known') throw hostKeyRefusal(policy, verdict, shown.hostKey);
    throw loginError(error, where, wordsOf(how.login));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function logIn(how: Attempt, socket: Socket, shown: Shown): Promise<OpenLink> {
  await connected(socket);
  // Loaded at first use: most commands speak to no server.
  const { default: Client } = await import('ssh2-sftp-client');
  // The library reports events that nobody waits for on the console unless told otherwise; the link watches the socket.
  const unheard = { error: () => undefined, end: () => undefined, close: () => undefined };
  const client = new Client('waybill', unheard);
  const sftp = await client.connect({
    ...how.login,
    sock: socket,
    readyTimeout: CONNECT_MS,
    keepaliveInterval: KEEPALIVE_MS,
    algorithms: { serverHostKey: how.algorithms },
    // Without it every host key would be accepted.
    hostVerifier: (blob: Buffer): boolean => {
      shown.hostKey = Buffer.from(blob);
      return judgeHostKey(how.policy, blob) === 'known';
    },
  });
  if (shown.hostKey === null) throw loginError(new Error('no host key was shown'), how.where);
  const end = (): void => {
    client.end().catch(() => socket.destroy());
  };
  return {
    link: new SftpLink({ sftp, socket, where: how.where, signal: how.signal, end }),
    hostKey: fingerprint(shown.hostKey),
  };
}

function wordsOf({ username, password, privateKey }: Login): LoginWords {
  const proofs = [
    ...(privateKey === undefined ? [] : ['a private key']),
    ...(password === undefined ? [] : ['a password']),
  ];
  return { user: username, proof: proofs.join(' and ') || 'neither password nor key' };
}

async function connected(socket: Socket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error('timed out')), CONNECT_MS);
  socket.once('error', reject);
  socket.once('connect', resolve);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    socket.removeListener('error', reject);
    // Errors end the socket, and its end is what everybody listens to.
    socket.on('error', () => socket.destroy());
  }
}

async function readLogin({ user, key }: SftpOptions, { password, passphrase }: TargetSecrets): Promise<Login> {
  return {
    username: user,
    ...(password === null ? {} : { password: password.reveal() }),
    ...(key === undefined ? {} : { privateKey: await readKey(key) }),
    ...(passphrase === null ? {} : { passphrase: passphrase.reveal() }),
  };
}

async function readKey(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw appError('TARGET/OPTION_INVALID', {
      message: `The private key file ${path} cannot be read.`,
      remedy: 'Check the path after --key.',
      context: { path },
      cause,
    });
  }
}
