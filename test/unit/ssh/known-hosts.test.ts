import { createHmac } from 'node:crypto';
import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../src-main/ssh/fingerprint.ts';
import { judgeKnownHost, knownKeysOf, parseKnownHosts } from '../../../src-main/ssh/known-hosts.ts';
import { blobOf } from './host-key-blob.ts';

const KEY = blobOf('ssh-ed25519', 1);
const OTHER = blobOf('ssh-ed25519', 2);
const RSA = blobOf('ssh-rsa', 3);
const text = (blob: Buffer): string =>
  `${blob.toString('latin1', 4, 4 + blob.readUInt32BE(0))} ${blob.toString('base64')}`;

function judge(file: string, place: { host: string; port?: number; alias?: string }, blob: Buffer): string {
  const hosts = parseKnownHosts(file);
  return hosts === null ? 'unusable' : judgeKnownHost(hosts, { port: 22, ...place }, blob);
}

function hashed(name: string): string {
  const salt = Buffer.alloc(20, 7);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

describe('a known_hosts file', () => {
  const K = text(KEY);
  it.each([
    ['a plain name', `files.example ${K}`, { host: 'files.example' }, 'known'],
    ['a name in other letters', `Files.Example ${K}`, { host: 'FILES.example' }, 'known'],
    ['another name', `files.example ${K}`, { host: 'file.example' }, 'unknown'],
    ['a name and an address', `files.example,192.0.2.7 ${K}`, { host: '192.0.2.7' }, 'known'],
    ['a comment behind the key', `files.example ${K} root@files`, { host: 'files.example' }, 'known'],
    ['Windows line ends', `# hosts\r\nfiles.example ${K}\r\n`, { host: 'files.example' }, 'known'],
    ['tabs between fields', `files.example\t${K.replace(' ', '\t')}`, { host: 'files.example' }, 'known'],
    ['a line that is commented out', `#files.example ${K}`, { host: 'files.example' }, 'unknown'],
    ['a port', `[files.example]:2222 ${K}`, { host: 'files.example', port: 2222 }, 'known'],
    ['another port', `[files.example]:2222 ${K}`, { host: 'files.example', port: 2223 }, 'unknown'],
    [
      'a bare name for another port than the usual',
      `files.example ${K}`,
      { host: 'files.example', port: 2222 },
      'unknown',
    ],
    ['the usual port written out', `[files.example]:22 ${K}`, { host: 'files.example' }, 'known'],
    ['an IPv6 address', `[2001:db8::1]:2222 ${K}`, { host: '2001:db8::1', port: 2222 }, 'known'],
    ['a star', `*.example ${K}`, { host: 'files.example' }, 'known'],
    ['a star that must not reach further', `*.example ${K}`, { host: 'files.example.net' }, 'unknown'],
    ['question marks', `file?.example ${K}`, { host: 'files.example' }, 'known'],
    ['a question mark for nothing', `files?.example ${K}`, { host: 'files.example' }, 'unknown'],
    ['a star within brackets', `[*.example]:2222 ${K}`, { host: 'files.example', port: 2222 }, 'known'],
    ['brackets that are no class', `[a-z]iles.example ${K}`, { host: 'files.example' }, 'unknown'],
    ['a dot that is no wildcard', `files.example ${K}`, { host: 'filesxexample' }, 'unknown'],
    ['a negation', `*.example,!files.example ${K}`, { host: 'files.example' }, 'unknown'],
    ['a negation that comes first', `!files.example,*.example ${K}`, { host: 'files.example' }, 'unknown'],
    ['a negation of another', `*.example,!mail.example ${K}`, { host: 'files.example' }, 'known'],
    ['a negation alone', `!mail.example ${K}`, { host: 'files.example' }, 'unknown'],
    ['a hashed name', `${hashed('files.example')} ${K}`, { host: 'files.example' }, 'known'],
    [
      'a hashed name with port',
      `${hashed('[files.example]:2222')} ${K}`,
      { host: 'files.example', port: 2222 },
      'known',
    ],
    ['a hash of another name', `${hashed('mail.example')} ${K}`, { host: 'files.example' }, 'unknown'],
    ['a hash of an unknown kind', `|2|AAAA|AAAA ${K}`, { host: 'files.example' }, 'unknown'],
    ['a revoked key', `@revoked files.example ${K}`, { host: 'files.example' }, 'revoked'],
    ['a key revoked everywhere', `files.example ${K}\n@revoked * ${K}`, { host: 'files.example' }, 'revoked'],
    ['another key that is revoked', `@revoked * ${text(OTHER)}`, { host: 'files.example' }, 'unknown'],
    ['an authority', `@cert-authority *.example ${K}`, { host: 'files.example' }, 'unknown'],
    ['a marker nobody knows', `@trusted files.example ${K}`, { host: 'files.example' }, 'unknown'],
    ['another key', `files.example ${text(OTHER)}`, { host: 'files.example' }, 'changed'],
    ['a key of another type', `files.example ${text(RSA)}`, { host: 'files.example' }, 'changed'],
    [
      'two keys, one of them right',
      `files.example ${text(OTHER)}\nfiles.example ${K}`,
      { host: 'files.example' },
      'known',
    ],
    [
      'a type that is not the key’s',
      `files.example ssh-rsa ${KEY.toString('base64')}`,
      { host: 'files.example' },
      'unknown',
    ],
    ['a key that is no base64', `files.example ssh-ed25519 ****`, { host: 'files.example' }, 'unknown'],
    ['a revocation that cannot be read', `@revoked * ssh-ed25519 ****`, { host: 'files.example' }, 'unusable'],
    ['a revocation without key', `@revoked *`, { host: 'files.example' }, 'unusable'],
    ['an alias', `shop-bastion ${K}`, { host: 'files.example', port: 2222, alias: 'Shop-Bastion' }, 'known'],
    ['an alias and another key', `shop ${text(OTHER)}`, { host: 'files.example', alias: 'shop' }, 'changed'],
    ['an alias beside the host’s own name', `files.example ${K}`, { host: 'files.example', alias: 'shop' }, 'unknown'],
    ['a key revoked under an alias', `@revoked shop ${K}`, { host: 'files.example', alias: 'shop' }, 'revoked'],
    ['nothing', '', { host: 'files.example' }, 'unknown'],
  ])('with %s', (_, file, place, verdict) => {
    expect(judge(file, place, KEY)).toBe(verdict);
  });

  it('names the keys it knows for a host, without revoked ones', () => {
    const hosts = parseKnownHosts(`a ${text(KEY)}\na ${text(RSA)}\nb ${text(OTHER)}\n@revoked a ${text(OTHER)}`) ?? [];
    expect(knownKeysOf(hosts, { host: 'a', port: 22 })).toEqual([
      { type: 'ssh-ed25519', fingerprint: fingerprint(KEY) },
      { type: 'ssh-rsa', fingerprint: fingerprint(RSA) },
    ]);
  });

  it('never knows a key it does not hold, whatever it says', () => {
    assert(
      property(string({ unit: 'binary' }), string(), (file, host) => {
        expect(['unknown', 'unusable', 'changed']).toContain(judge(file, { host }, KEY));
      }),
    );
  });

  it('is not stalled by a pattern of stars', () => {
    expect(judge(`${'*a'.repeat(500)}b ${K}`, { host: 'a'.repeat(250) }, KEY)).toBe('unknown');
  });
});
