import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Client from 'ssh2-sftp-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';

interface Login {
  readonly password?: string;
  readonly privateKey?: Buffer;
  readonly passphrase?: string;
}

/** Logs in, uploads a file and returns the host key that was shown. */
async function upload(server: SshdServer, login: Login): Promise<string> {
  const client = new Client();
  let shown = '';
  try {
    await client.connect({
      ...{ host: server.host, port: server.port, username: server.user, ...login },
      // With `hostHash` ssh2 hands over the digest in hexadecimal.
      hostVerifier: (digest: string) => {
        shown = digest;
        return true;
      },
      hostHash: 'sha256',
    });
    await client.put(Buffer.from('freight'), 'upload.txt');
    return `SHA256:${Buffer.from(shown, 'hex').toString('base64').replaceAll('=', '')}`;
  } finally {
    await client.end();
  }
}

describe('a private OpenSSH server', () => {
  let server: SshdServer;
  beforeAll(async () => {
    server = await startSshd();
  });
  afterAll(() => server.stop());

  it('takes an upload with the password', async () => {
    await expect(upload(server, { password: server.password })).resolves.toBe(server.hostKey());
    expect(readFileSync(join(server.homeFolder, 'upload.txt'), 'utf8')).toBe('freight');
  });

  it('takes a key, and a key under a passphrase', async () => {
    await upload(server, { privateKey: readFileSync(server.keyFile) });
    await upload(server, { privateKey: readFileSync(server.lockedKeyFile), passphrase: server.passphrase });
  });

  it('refuses a wrong password and a stranger’s key', async () => {
    await expect(upload(server, { password: 'wrong' })).rejects.toThrow(/authentication/);
    await expect(upload(server, { privateKey: readFileSync(server.strangerKeyFile) })).rejects.toThrow(
      /authentication/,
    );
  });

  it('comes back on its port with another host key', async () => {
    const before = server.hostKey();
    const after = await server.changeHostKey();
    expect(after).not.toBe(before);
    await expect(upload(server, { password: server.password })).resolves.toBe(after);
  });

  it('cuts open connections when interrupted', async () => {
    const client = new Client();
    await client.connect({ host: server.host, port: server.port, username: server.user, password: server.password });
    const cut = new Promise<void>((resolve) => {
      client.on('close', () => resolve());
    });
    await server.interrupt();
    await cut;
    await server.restart();
    await upload(server, { password: server.password });
  });
});

it('leaves no folder behind when stopped', async () => {
  const server = await startSshd();
  await server.stop();
  expect(existsSync(dirname(server.homeFolder))).toBe(false);
});
