import type { ConnectConfig, Client as SshClient } from 'ssh2';
import type { TunnelContext, TunnelKind, TunnelSecrets } from '../ports/tunnel.ts';
import { readHostKeyPolicy } from '../ssh/host-key-policy.ts';
import { logIn } from '../ssh/log-in.ts';
import { readLogin, wordsOf } from './login.ts';
import { throughText, tunnelOptions, userOf, type TunnelOptions } from './options.ts';
import { SshTunnel } from './ssh-tunnel.ts';
import { TUNNEL_WORDS } from './words.ts';

/** Databases behind an SSH server. */
export const sshTunnel: TunnelKind<TunnelOptions> = {
  id: 'ssh',
  title: 'SSH tunnel',
  options: tunnelOptions,
  through: throughText,
  identify,
  open,
};

async function identify(options: TunnelOptions, signal: AbortSignal): Promise<string> {
  const policy = await readHostKeyPolicy(options, TUNNEL_WORDS);
  const login = { username: userOf(options) };
  const { hostKey, opened, socket } = await logIn({
    ...{ policy, login, loginWords: wordsOf(login), signal },
    // The key is proven when keys are exchanged, and that is all that is wanted: what follows would be the login.
    open: (config) => connect({ ...config, authHandler: () => undefined }, 'handshake'),
  });
  opened.end();
  socket.destroy();
  return hostKey;
}

async function open(options: TunnelOptions, secrets: TunnelSecrets, context: TunnelContext): Promise<SshTunnel> {
  const policy = await readHostKeyPolicy(options, TUNNEL_WORDS);
  const login = await readLogin(options, secrets, context.agent);
  const { hostKey, opened, socket } = await logIn({
    ...{ policy, login, loginWords: wordsOf(login), signal: context.signal },
    open: (config) => connect(config, 'ready'),
  });
  return new SshTunnel({ client: opened, socket, facts: { through: throughText(options), hostKey } });
}

async function connect(config: ConnectConfig, event: 'handshake' | 'ready'): Promise<SshClient> {
  // Loaded at first use: most commands speak to no server.
  const {
    default: { Client },
  } = await import('ssh2');
  const client = new Client();
  const { promise, resolve, reject } = Promise.withResolvers<SshClient>();
  // Stays for good: later errors end the socket, which is what everybody listens to.
  client.on('error', reject);
  client.once('close', () => reject(new Error('the connection ended')));
  if (event === 'ready') client.once('ready', () => resolve(client));
  else client.once('handshake', () => resolve(client));
  client.connect(config);
  return promise;
}
