import { appError } from '../../src-shared/errors/app-error.ts';
import type { TunnelContext, TunnelSecrets } from '../ports/tunnel.ts';
import type { LoginWords } from '../ssh/login-errors.ts';
import type { SshLogin } from '../ssh/log-in.ts';
import { readKey } from '../ssh/read-key.ts';
import type { Hop } from './hops.ts';
import { userOf } from './options.ts';
import { TUNNEL_WORDS } from './words.ts';

/** With what the tunnel logs in. Without a key file it is the agent, where that was chosen, or the password. */
export async function readLogin(
  hop: Hop,
  { password, passphrase }: TunnelSecrets,
  agent: TunnelContext['agent'],
): Promise<SshLogin> {
  const { key, jump } = hop;
  return {
    username: userOf(hop),
    // The servers on the way never see the password of the last one.
    ...(password === null || jump !== null ? {} : { password: password.reveal() }),
    ...(key === undefined ? {} : { privateKey: await readKey(key, TUNNEL_WORDS) }),
    ...(passphrase === null ? {} : { passphrase: passphrase.reveal() }),
    ...(hop.agent ? { agent: agent ?? noAgent() } : {}),
  };
}

function noAgent(): never {
  throw appError('TUNNEL/AUTH_REFUSED', {
    message: 'The tunnel logs in with the SSH agent, and there is none: SSH_AUTH_SOCK is not set.',
    remedy: 'Start an agent and add the key (ssh-add FILE), or give the connection a key file.',
    context: { option: 'agent' },
  });
}

/** What is said of a login that was refused. */
export function wordsOf({ username, password, privateKey, agent }: SshLogin): LoginWords {
  const proofs = [
    ...(privateKey === undefined ? [] : ['a private key']),
    ...(agent === undefined ? [] : ['the keys of the agent']),
    ...(password === undefined ? [] : ['a password']),
  ];
  return {
    user: username,
    proof: proofs.join(' and ') || 'neither password nor key',
    ...(agent === undefined
      ? {}
      : { remedy: 'Add the key that this server knows to the agent: ssh-add FILE. What it holds: ssh-add -l.' }),
  };
}
