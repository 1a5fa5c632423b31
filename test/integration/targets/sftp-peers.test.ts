import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTarget } from '../../../src-main/app/targets.ts';
import { runProgram } from '../../servers/run-program.ts';
import { makeSshKey, sshFingerprint } from '../../servers/ssh-keys.ts';
import { startSshd } from '../../servers/sshd.ts';
import { addPartner, deliver, deliveriesOf, newHome, password, writePackage, type Home } from './rig.ts';

let home: Home;
beforeEach(async () => {
  home = await newHome();
});
afterEach(() => home[Symbol.dispose]());

it('finds a pinned key among several of a server, whichever it prefers to show', async () => {
  const rsa = home.folder.join('rsa-key');
  await runProgram('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', '', '-C', 'test', '-f', rsa]);
  const server = await startSshd({ config: [`HostKey ${rsa}`] });
  try {
    const { host, port, user } = server;
    const hostKey = sshFingerprint(`${rsa}.pub`);
    const secrets = password(server.password);
    await addPartner(home, { type: 'sftp', options: { host, port, user, hostKey }, secrets });
    await using session = await openTarget(home.core, 'partner', new AbortController().signal);
    expect(session.facts.hostKey).toBe(hostKey);
  } finally {
    await server.stop();
  }
});

const STATUS = { ok: 0, endOfFile: 1, noSuchFile: 2 };

/** A server of one session that keeps files in memory and hangs up when a file is to get its final name. */
async function startHangingUp(keyFile: string): Promise<{ port: number; close(): void }> {
  const files = new Map<string, Buffer>();
  const server = new ssh2.Server({ hostKeys: [readFileSync(keyFile)] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (login) => login.accept());
    client.on('session', (accept) =>
      accept().on('sftp', (acceptSftp) => {
        const sftp = acceptSftp();
        const find = (id: number, path: string): void => {
          const mode = path === '.' ? 0o40700 : 0o100600;
          const found = path === '.' ? Buffer.alloc(0) : files.get(path);
          if (found === undefined) sftp.status(id, STATUS.noSuchFile);
          else sftp.attrs(id, { mode, size: found.length, uid: 0, gid: 0, atime: 0, mtime: 0 });
        };
        sftp.on('STAT', find);
        sftp.on('LSTAT', find);
        sftp.on('MKDIR', (id) => sftp.status(id, STATUS.ok));
        sftp.on('REMOVE', (id) => sftp.status(id, STATUS.ok));
        sftp.on('CLOSE', (id) => sftp.status(id, STATUS.ok));
        sftp.on('OPEN', (id, path) => sftp.handle(id, Buffer.from(path)));
        sftp.on('WRITE', (id, handle, offset, bytes) => {
          const path = handle.toString();
          const before = files.get(path) ?? Buffer.alloc(0);
          files.set(path, Buffer.concat([before.subarray(0, offset), bytes]));
          sftp.status(id, STATUS.ok);
        });
        sftp.on('READ', (id, handle, offset, length) => {
          const bytes = (files.get(handle.toString()) ?? Buffer.alloc(0)).subarray(offset, offset + length);
          if (bytes.length === 0) sftp.status(id, STATUS.endOfFile);
          else sftp.data(id, bytes);
        });
        sftp.on('RENAME', () => void client.end());
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => {
    server.once('listening', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}

it('does not claim to know what became of a file when the server hangs up over its final name', async () => {
  const key = home.folder.join('host-key');
  await makeSshKey(key, '');
  const peer = await startHangingUp(key);
  try {
    const options = { host: '127.0.0.1', port: peer.port, user: 'x', hostKey: sshFingerprint(`${key}.pub`) };
    await addPartner(home, { type: 'sftp', options, secrets: password('x') });
    const folder = writePackage(home, 1000);
    await expect(deliver(home, { folder })).rejects.toMatchObject({ code: 'TARGET/OUTCOME_UNKNOWN' });
    expect(deliveriesOf(home).at(-1)).toMatchObject({
      type: 'delivery.indeterminate',
      data: { error: 'TARGET/OUTCOME_UNKNOWN' },
    });
  } finally {
    peer.close();
  }
});
