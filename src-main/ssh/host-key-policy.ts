import { readFile } from 'node:fs/promises';
import { appError, type AppError } from '../../src-shared/errors/app-error.ts';
import { fingerprint } from './fingerprint.ts';
import { HOST_KEY_ALGORITHMS, keyTypeOf, readKeyType, type HostKeyAlgorithm } from './key-type.ts';
import { judgeKnownHost, knownKeysOf, parseKnownHosts, type HostKeyVerdict, type KnownHosts } from './known-hosts.ts';
import { placeText, type SshWords } from './ssh-words.ts';

/** What options say of a server's identity. */
export interface HostKeyOptions {
  readonly host: string;
  readonly port: number;
  readonly hostKey?: string | undefined;
  readonly knownHosts?: string | undefined;
}

/** What is known of a server's identity before it is asked. */
export interface HostKeyPolicy {
  readonly words: SshWords;
  readonly place: { readonly host: string; readonly port: number };
  /** Fingerprint; it says nothing of the key's type. */
  readonly pinned: string | null;
  readonly hosts: KnownHosts;
}

/** Reads what the options name. A known_hosts file that cannot be read is an error: it could hold a revocation. */
export async function readHostKeyPolicy(options: HostKeyOptions, words: SshWords): Promise<HostKeyPolicy> {
  const { host, port, hostKey, knownHosts } = options;
  return {
    words,
    place: { host, port },
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
  const { family, server, hostKeyFlag, remake } = policy.words;
  const where = placeText(policy.place);
  const context = { host: policy.place.host, port: policy.place.port, hostKey: shown, keyType: readKeyType(blob) };
  if (verdict === 'unknown') {
    return appError(`${family}/HOST_KEY_UNKNOWN`, {
      message: `${server} ${where} shows a host key that is not known here: ${shown}.`,
      remedy: `Compare it with the one its operator gives you another way, then add ${hostKeyFlag} ${shown}.`,
      context,
    });
  }
  const expected =
    policy.pinned ??
    knownKeysOf(policy.hosts, policy.place)
      .map((key) => key.fingerprint)
      .join(', ');
  return appError(`${family}/HOST_KEY_CHANGED`, {
    message:
      verdict === 'revoked'
        ? `${server} ${where} shows the host key ${shown}, which is revoked.`
        : `${server} ${where} shows the host key ${shown}, and ${expected} is the one that is trusted.`,
    remedy: `Nothing was sent: this may be another machine in its place. Ask its operator; if the key was changed on purpose, ${remake}.`,
    context: { ...context, expected },
  });
}
