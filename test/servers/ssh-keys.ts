import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { runProgram } from './run-program.ts';

/** Makes an Ed25519 key pair at `path` and `path.pub`, under a passphrase unless it is empty. */
export async function makeSshKey(path: string, passphrase: string): Promise<void> {
  await runProgram('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'test', '-f', path]);
}

/** The public key's fingerprint as ssh prints it: `SHA256:` and base64 without padding. */
export function sshFingerprint(publicKeyPath: string): string {
  const blob = Buffer.from(readFileSync(publicKeyPath, 'utf8').split(' ')[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replaceAll('=', '')}`;
}

/** A known_hosts file with one line for this host and port. */
export function writeKnownHosts(path: string, host: { readonly port: number; readonly publicKeyPath: string }): void {
  const [type, blob] = readFileSync(host.publicKeyPath, 'utf8').split(' ');
  writeFileSync(path, `[127.0.0.1]:${host.port} ${type} ${blob}\n`, { mode: 0o600 });
}
