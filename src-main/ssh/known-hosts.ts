// The known_hosts format of sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT".
import { createHmac, timingSafeEqual } from 'node:crypto';
import { fingerprint } from './fingerprint.ts';
import { readKeyType } from './key-type.ts';
import { matchesPattern } from './match-pattern.ts';

interface KnownHostLine {
  readonly marker: 'none' | 'revoked';
  readonly names: string;
  readonly type: string;
  readonly blob: Buffer;
}

/** The lines of a known_hosts file that say something. */
export type KnownHosts = readonly KnownHostLine[];

export interface HostPlace {
  readonly host: string;
  readonly port: number;
  /** The name that it goes by instead, whatever its host and port (`HostKeyAlias` of ssh). */
  readonly alias?: string | undefined;
}

export type HostKeyVerdict = 'known' | 'unknown' | 'changed' | 'revoked';

/**
 * Reads a known_hosts file. Lines that are no key are passed over as ssh does, and so are authorities, which we cannot
 * check; a revocation that cannot be read makes the whole file unusable: null.
 */
export function parseKnownHosts(text: string): KnownHosts | null {
  const lines: KnownHostLine[] = [];
  for (const line of text.split(/\r?\n/)) {
    const fields = line.trim().split(/[ \t]+/);
    const marker = fields[0]?.startsWith('@') === true ? fields.shift() : undefined;
    if (marker !== undefined && marker !== '@revoked') continue;
    const [names = '', type = '', base64 = ''] = fields;
    if (marker === undefined && (names === '' || names.startsWith('#'))) continue;
    const blob = Buffer.from(base64, 'base64');
    const isKey = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && readKeyType(blob) === type;
    if (isKey) lines.push({ marker: marker === undefined ? 'none' : 'revoked', names, type, blob });
    else if (marker === '@revoked') return null;
  }
  return lines;
}

/** What the file says of a key that a host shows. */
export function judgeKnownHost(hosts: KnownHosts, place: HostPlace, blob: Uint8Array): HostKeyVerdict {
  const lines = hosts.filter((line) => speaksOf(line.names, place));
  const same = lines.filter((line) => line.blob.equals(blob));
  if (same.some((line) => line.marker === 'revoked')) return 'revoked';
  if (same.length > 0) return 'known';
  return lines.some((line) => line.marker === 'none') ? 'changed' : 'unknown';
}

/** The keys known for a host, for the order in which they are asked for and for the message about a changed one. */
export function knownKeysOf(
  hosts: KnownHosts,
  place: HostPlace,
): readonly { readonly type: string; readonly fingerprint: string }[] {
  return hosts
    .filter((line) => line.marker === 'none' && speaksOf(line.names, place))
    .map((line) => ({ type: line.type, fingerprint: fingerprint(line.blob) }));
}

/** A host on the usual port goes by its bare name too. */
function namesOf({ host, port, alias }: HostPlace): readonly string[] {
  if (alias !== undefined) return [alias.toLowerCase()];
  const name = host.toLowerCase();
  return port === 22 ? [name, `[${name}]:22`] : [`[${name}]:${port}`];
}

function speaksOf(patterns: string, place: HostPlace): boolean {
  const names = namesOf(place);
  if (patterns.startsWith('|')) return names.some((name) => isHashOf(patterns, name));
  let found = false;
  for (const pattern of patterns.toLowerCase().split(',')) {
    const isNegated = pattern.startsWith('!');
    const glob = isNegated ? pattern.slice(1) : pattern;
    if (!names.some((name) => matchesPattern(glob, name))) continue;
    if (isNegated) return false;
    found = true;
  }
  return found;
}

/** `|1|salt|hash`: HMAC-SHA1 of the name under the salt. */
function isHashOf(field: string, name: string): boolean {
  const [, salt, hash] = /^\|1\|([A-Za-z0-9+/=]+)\|([A-Za-z0-9+/=]+)$/.exec(field) ?? [];
  if (salt === undefined || hash === undefined) return false;
  const wanted = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === actual.length && timingSafeEqual(wanted, actual);
}
