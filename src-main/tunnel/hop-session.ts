import type { ConnectConfig, Client as SshClient } from 'ssh2';
import { appError, isAppError } from '../../src-shared/errors/app-error.ts';
import type { TunnelContext, TunnelSecrets } from '../ports/tunnel.ts';
import { readHostKeyPolicy } from '../ssh/host-key-policy.ts';
import { logIn, type LogInRequest, type LoggedIn, type SshLogin } from '../ssh/log-in.ts';
import type { SshWords } from '../ssh/ssh-words.ts';
import { answering } from './answer-prompts.ts';
import { authOrder } from './auth-order.ts';
import { hopError } from './forward-error.ts';
import { hopsOf, requireProof, withHostKey, type Hop } from './hops.ts';
import { readLogin, wordsOf } from './login.ts';
import { nameOf, userOf, type TunnelOptions } from './options.ts';
import { SshTunnel } from './ssh-tunnel.ts';
import { TUNNEL_WORDS } from './words.ts';

export interface HopContext extends TunnelContext {
  readonly options: TunnelOptions;
  readonly secrets: TunnelSecrets;
  /** The whole way, for people. */
  readonly through: string;
}

/** Logs in at one server of the way. */
export async function openHop(hop: Hop, via: SshTunnel | null, way: HopContext): Promise<SshTunnel> {
  requireProof(hop);
  const login = await readLogin(hop, way.secrets, way.agent);
  const { hostKey, opened, socket } = await approach(
    { hop, via, way },
    {
      login,
      open: (config) =>
        connect({ ...config, authHandler: authOrder(login) }, { event: 'ready', login, name: nameOf(hop) }),
    },
  );
  return new SshTunnel({ client: opened, socket, facts: { through: way.through, hostKey }, name: nameOf(hop), via });
}

/** The fingerprint of the key that a server proves to have, once it is trusted. Nobody logs in. */
export async function showHop(hop: Hop, via: SshTunnel | null, way: HopContext): Promise<string> {
  const login = { username: userOf(hop) };
  const { hostKey, opened, socket } = await approach(
    { hop, via, way },
    {
      login,
      // The key is proven when keys are exchanged, and that is all that is wanted: what follows would be the login.
      open: (config) =>
        connect({ ...config, authHandler: () => undefined }, { event: 'handshake', login, name: nameOf(hop) }),
    },
  );
  opened.end();
  socket.destroy();
  return hostKey;
}

type Approach = Pick<LogInRequest<SshClient>, 'login' | 'open'>;

interface Stretch {
  readonly hop: Hop;
  readonly via: SshTunnel | null;
  readonly way: HopContext;
}

async function approach(
  { hop, via, way: { options, signal } }: Stretch,
  { login, open }: Approach,
): Promise<LoggedIn<SshClient>> {
  const policy = await readHostKeyPolicy(hop, wordsFor(hop));
  try {
    return await logIn({
      ...{ policy, login, loginWords: wordsOf(login), signal, open },
      ...(via === null ? {} : { reach: () => via.dial(hop, signal) }),
    });
  } catch (error) {
    const lost = via?.failure ?? null;
    if (lost !== null) throw lost;
    const told = via === null ? error : hopError(error, { through: via.facts.through, to: hop });
    throw hop.jump === null ? told : ofJump(told, hop, options);
  }
}

function wordsFor({ jump }: Hop): SshWords {
  return jump === null
    ? TUNNEL_WORDS
    : { ...TUNNEL_WORDS, server: 'The jump host', hostKeyFlag: '--ssh-jump-host-keys' };
}

/** What is said of a jump host's key: which of them it is, and of an unknown one where it goes, which is another place. */
function ofJump(error: unknown, hop: Hop, options: TunnelOptions): unknown {
  const place = { jump: (hop.jump ?? 0) + 1, jumps: hopsOf(options).length - 1 };
  if (isAppError(error, 'TUNNEL/HOST_KEY_CHANGED')) {
    const { code, message, remedy, context } = error;
    return appError(code, { message, ...(remedy === undefined ? {} : { remedy }), context: { ...context, ...place } });
  }
  if (!isAppError(error, 'TUNNEL/HOST_KEY_UNKNOWN')) return error;
  const { jumpHostKeys = '' } = withHostKey(options, hop, String(error.context['hostKey']));
  return appError('TUNNEL/JUMP_HOST_KEY_UNKNOWN', {
    message: error.message,
    remedy: `Compare it with the one its operator gives you another way, then add --ssh-jump-host-keys ${jumpHostKeys}.`,
    context: { ...error.context, ...place, option: 'jumpHostKeys', jumpHostKeys },
  });
}

interface Connecting {
  readonly event: 'handshake' | 'ready';
  readonly login: SshLogin;
  readonly name: string;
}

async function connect(config: ConnectConfig, { event, login, name }: Connecting): Promise<SshClient> {
  // Loaded at first use: most commands speak to no server.
  const {
    default: { Client },
  } = await import('ssh2');
  const client = new Client();
  const { promise, resolve, reject } = Promise.withResolvers<SshClient>();
  // Stays for good: later errors end the socket, which is what everybody listens to.
  client.on('error', reject);
  client.once('close', () => reject(new Error('the connection ended')));
  client.on('keyboard-interactive', answering({ password: login.password ?? null, name }, reject));
  if (event === 'ready') client.once('ready', () => resolve(client));
  else client.once('handshake', () => resolve(client));
  client.connect({ ...config, tryKeyboard: login.password !== undefined });
  return promise;
}
