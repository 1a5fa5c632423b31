import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fingerprint } from '../../../src-main/ssh/fingerprint.ts';
import {
  algorithmsFor,
  hostKeyRefusal,
  judgeHostKey,
  readHostKeyPolicy,
} from '../../../src-main/ssh/host-key-policy.ts';
import { readKeyType } from '../../../src-main/ssh/key-type.ts';
import { sftpOptions } from '../../../src-main/targets/sftp/options.ts';
import { SFTP_WORDS } from '../../../src-main/targets/sftp/words.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { blobOf } from './host-key-blob.ts';

const KEY = blobOf('ssh-ed25519', 1);
const RSA = blobOf('ssh-rsa', 2);
const PLACE = { host: 'files.example', user: 'courier' };

async function policyOf(file: string | null, hostKey?: string) {
  using folder = new TempFolder();
  const knownHosts = folder.join('known_hosts');
  if (file !== null) writeFileSync(knownHosts, file);
  return await readHostKeyPolicy(
    sftpOptions.parse({
      ...PLACE,
      ...(file === null ? {} : { knownHosts }),
      ...(hostKey === undefined ? {} : { hostKey }),
    }),
    SFTP_WORDS,
  );
}

it('prints the fingerprint that ssh prints', () => {
  const known = 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
  expect(fingerprint(Buffer.from(known, 'base64'))).toBe('SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU');
});

it('reads the type at the start of a key and nothing beyond its end', () => {
  expect(readKeyType(KEY)).toBe('ssh-ed25519');
  expect(readKeyType(Buffer.alloc(0))).toBeNull();
  expect(readKeyType(Buffer.from([0, 0, 0, 50, 65]))).toBeNull();
});

it('trusts nothing without a pinned or known key', async () => {
  const policy = await policyOf(null);
  expect(judgeHostKey(policy, KEY)).toBe('unknown');
  expect(hostKeyRefusal(policy, 'unknown', KEY)).toMatchObject({
    code: 'TARGET/HOST_KEY_UNKNOWN',
    context: { hostKey: fingerprint(KEY) },
  });
});

it('trusts the pinned key alone, even beside a file that knows another', async () => {
  const policy = await policyOf(`files.example ssh-rsa ${RSA.toString('base64')}`, fingerprint(KEY));
  expect(judgeHostKey(policy, KEY)).toBe('known');
  expect(judgeHostKey(policy, RSA)).toBe('changed');
  const refusal = hostKeyRefusal(policy, 'changed', RSA);
  expect(refusal.code).toBe('TARGET/HOST_KEY_CHANGED');
  expect(refusal.context).toMatchObject({ hostKey: fingerprint(RSA), expected: fingerprint(KEY) });
});

it('refuses a pinned key that the file revokes', async () => {
  const policy = await policyOf(`@revoked * ssh-ed25519 ${KEY.toString('base64')}`, fingerprint(KEY));
  expect(judgeHostKey(policy, KEY)).toBe('revoked');
});

it('says where to replace a key that a file has, and not to make anew what was never pinned', async () => {
  const policy = await policyOf(`files.example ssh-ed25519 ${blobOf('ssh-ed25519', 9).toString('base64')}`);
  const refusal = hostKeyRefusal(policy, 'changed', KEY);
  expect(refusal.code).toBe('TARGET/HOST_KEY_CHANGED');
  expect(refusal.remedy).toMatch(/replace what .*known_hosts says of files\.example\.$/);
  expect(refusal.context).toMatchObject({ knownHosts: expect.stringMatching(/known_hosts$/) as unknown });
});

it('fails when the file is not there or holds a revocation that cannot be read', async () => {
  const absent = sftpOptions.parse({ ...PLACE, hostKey: fingerprint(KEY), knownHosts: '/nowhere/known_hosts' });
  await expect(readHostKeyPolicy(absent, SFTP_WORDS)).rejects.toMatchObject({ code: 'TARGET/OPTION_INVALID' });
  await expect(policyOf('@revoked * ???')).rejects.toMatchObject({ code: 'TARGET/OPTION_INVALID' });
});

it('asks for known types of key first, and not again for one it refused', async () => {
  const policy = await policyOf(`files.example ssh-rsa ${RSA.toString('base64')}`);
  expect(algorithmsFor(policy, new Set()).slice(0, 3)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-ed25519']);
  expect(algorithmsFor(policy, new Set(['ssh-rsa', 'ssh-ed25519']))).toEqual([
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
  ]);
});
