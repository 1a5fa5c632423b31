import { readFile } from 'node:fs/promises';
import { appError, type AppError } from '../../src-shared/errors/app-error.ts';
import { fingerprint } from './fingerprint.ts';
import { HOST_KEY_ALGORITHMS, keyTypeOf, readKeyType, type HostKeyAlgorithm } from './key-type.ts';
import {
  judgeKnownHost,
  knownKeysOf,
  parseKnownHosts,
  type HostKeyVerdict,
  type HostPlace,
  type KnownHosts,
} from './known-hosts.ts';
import { placeText, type SshWords } from './ssh-words.ts';

/** What options say of a server's identity. */
export interface HostKeyOptions {
  readonly host: string;
  readonly port: number;
  readonly hostKey?: string | undefined;
  readonly knownHosts?: string | undefined;
  /** The name that the server goes by in that file, where it is another one than host and port. */
  readonly hostKeyAlias?: string | undefined;
}

/** What is known of a server's identity before it is asked. */
export interface HostKeyPolicy {
  readonly words: SshWords;
  readonly place: HostPlace;
  /** Fingerprint; it says nothing of the key's type. */
  readonly pinned: string | null;
  readonly hosts: KnownHosts;
  /** Where those were read; null: nowhere. */
  readonly file: string | null;
}

/** Reads what the options name. A known_hosts file that cannot be read is an error: it could hold a revocation. */
export async function readHostKeyPolicy(options: HostKeyOptions, words: SshWords): Promise<HostKeyPolicy> {
  const { host, port, hostKey, knownHosts, hostKeyAlias } = options;
  return {
    words,
    place: { host, port, alias: hostKeyAlias },
    file: knownHosts ?? null,
    pinned: hostKey ?? null,
    hosts: knownHosts === undefined ? [] : await readKnownHosts(knownHosts, words),
  };
}

async function readKnownHosts(path: string, words: SshWords): Promise<KnownHosts> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw unusable(path, words, cause);
  });
  const hosts = parseKnownHosts(text);
  if (hosts === null) throw unusable(path, words);
  return hosts;
}

function unusable(path: string, { family }: SshWords, cause?: unknown): AppError {
  return appError(`${family}/OPTION_INVALID`, {
    message: `The known_hosts file ${path} cannot be read, or holds a revocation that cannot.`,
    remedy: 'Check the file; without it no host key is trusted.',
    context: { path, option: 'knownHosts' },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** A pinned key decides; a known_hosts file beside it can only revoke. */
export function judgeHostKey({ place, pinned, hosts }: HostKeyPolicy, blob: Uint8Array): HostKeyVerdict {
  const byFile = judgeKnownHost(hosts, place, blob);
  if (pinned === null || byFile === 'revoked') return byFile;
  return fingerprint(blob) === pinned ? 'known' : 'changed';
}

/**
 * The algorithms to ask for: types of known keys first, or a server with several keys would show another one and look
 * changed. `refused` are types already seen that were not the pinned key.
 */
export function algorithmsFor(policy: HostKeyPolicy, refused: ReadonlySet<string>): HostKeyAlgorithm[] {
  const known = new Set(knownKeysOf(policy.hosts, policy.place).map((key) => key.type));
  const rank = (algorithm: HostKeyAlgorithm) => (known.has(keyTypeOf(algorithm)) ? 0 : 1);
  return HOST_KEY_ALGORITHMS.filter((algorithm) => !refused.has(keyTypeOf(algorithm))).sort(
    (a, b) => rank(a) - rank(b),
  );
}

/** The error for a host key that is not trusted. */
export function hostKeyRefusal(policy: HostKeyPolicy, verdict: HostKeyVerdict, blob: Uint8Array): AppError {
  const shown = fingerprint(blob);
  const { place, words } = policy;
  const { family, server, hostKeyFlag } = words;
  const where = `${server} ${placeText(place)}`;
  const context = { host: place.host, port: place.port, hostKey: shown, keyType: readKeyType(blob) };
  if (verdict === 'unknown') {
    const { alias } = place;
    const name = alias === undefined || policy.file === null ? '' : ` by the name ${alias}`;
    return appError(`${family}/HOST_KEY_UNKNOWN`, {
      message: `${where} shows a host key that is not known here${name}: ${shown}.`,
      remedy: `Compare it with the one its operator gives you another way, then add ${hostKeyFlag} ${shown}.`,
      context,
    });
  }
  const expected = expectedOf(policy);
  const isRevoked = verdict === 'revoked';
  const fact = isRevoked ? 'which is revoked' : `and ${expected} is the one that is trusted`;
  return appError(`${family}/HOST_KEY_CHANGED`, {
    message: `${where} shows the host key ${shown}, ${fact}.`,
    remedy: `Nothing was sent: this may be another machine in its place. Ask its operator; ${wayOn(policy, isRevoked)}.`,
    context: {
      ...{ ...context, expected, revoked: isRevoked },
      ...(policy.pinned === null && policy.file !== null ? { knownHosts: policy.file } : {}),
    },
  });
}

function expectedOf({ pinned, hosts, place }: HostKeyPolicy): string {
  if (pinned !== null) return pinned;
  return knownKeysOf(hosts, place)
    .map((key) => key.fingerprint)
    .join(', ');
}

/** What to do about a key that was changed on purpose: where it is kept decides. */
function wayOn({ pinned, file, place, words }: HostKeyPolicy, isRevoked: boolean): string {
  if (isRevoked) return `if it has another key by now, ${words.remake}`;
  if (pinned !== null || file === null) return `if the key was changed on purpose, ${words.remake}`;
  const name = place.alias ?? (place.port === 22 ? place.host : `[${place.host}]:${place.port}`);
  return `if the key was changed on purpose, replace what ${file} says of ${name}`;
}
