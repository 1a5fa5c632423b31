import type { ConnectConfig, SFTPWrapper } from 'ssh2';
import type { TargetContext, TargetSecrets } from '../../ports/target.ts';
import { readHostKeyPolicy } from '../../ssh/host-key-policy.ts';
import { logIn, type SshLogin } from '../../ssh/log-in.ts';
import type { LoginWords } from '../../ssh/login-errors.ts';
import { readKey } from '../../ssh/read-key.ts';
import { placeText } from '../../ssh/ssh-words.ts';
import { SftpLink } from './link.ts';
import type { SftpOptions } from './options.ts';
import { SFTP_WORDS } from './words.ts';

/** An open channel and the fingerprint of the key it trusts. */
export interface OpenLink {
  readonly link: SftpLink;
  readonly hostKey: string;
}

/** Connects, logs in and opens the SFTP channel. */
export async function connectSftp(
  options: SftpOptions,
  secrets: TargetSecrets,
  { signal }: TargetContext,
): Promise<OpenLink> {
  const policy = await readHostKeyPolicy(options, SFTP_WORDS);
  const login = await readLogin(options, secrets);
  const { opened, socket, hostKey } = await logIn({
    policy,
    login,
    loginWords: wordsOf(login),
    signal,
    open: openSftp,
  });
  const { sftp, end } = opened;
  const where = placeText(options);
  return {
    link: new SftpLink({ sftp, socket, where, signal, end: () => void end().catch(() => socket.destroy()) }),
    hostKey,
  };
}

async function openSftp(config: ConnectConfig): Promise<{ sftp: SFTPWrapper; end: () => Promise<unknown> }> {
  // Loaded at first use: most commands speak to no server.
  const { default: Client } = await import('ssh2-sftp-client');
  // The library reports events that nobody waits for on the console unless told otherwise; the link watches the socket.
  const unheard = { error: () => undefined, end: () => undefined, close: () => undefined };
  const client = new Client('waybill', unheard);
  return { sftp: await client.connect(config), end: () => client.end() };
}

function wordsOf({ username, password, privateKey }: SshLogin): LoginWords {
  const proofs = [
    ...(privateKey === undefined ? [] : ['a private key']),
    ...(password === undefined ? [] : ['a password']),
  ];
  return { user: username, proof: proofs.join(' and ') || 'neither password nor key' };
}

async function readLogin({ user, key }: SftpOptions, { password, passphrase }: TargetSecrets): Promise<SshLogin> {
  return {
    username: user,
    ...(password === null ? {} : { password: password.reveal() }),
    ...(key === undefined ? {} : { privateKey: await readKey(key, SFTP_WORDS) }),
    ...(passphrase === null ? {} : { passphrase: passphrase.reveal() }),
  };
}
