import { readFile } from 'node:fs/promises';
import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';
import { fingerprint } from './fingerprint.ts';
import { HOST_KEY_ALGORITHMS, keyTypeOf, readKeyType, type HostKeyAlgorithm } from './key-type.ts';
import { judgeKnownHost, knownKeysOf, parseKnownHosts, type HostKeyVerdict, type KnownHosts } from './known-hosts.ts';
import type { SftpOptions } from './options.ts';

/** What is known of a server's identity before it is asked. */
export interface HostKeyPolicy {
  readonly place: { readonly host: string; readonly port: number };
  /** Fingerprint; it says nothing of the key's type. */
  readonly pinned: string | null;
  readonly hosts: KnownHosts;
}

/** Reads what the options name. A known_hosts file that cannot be read is an error: it could hold a revocation. */
export async function readHostKeyPolicy(options: SftpOptions): Promise<HostKeyPolicy> {
  const { host, port, hostKey, knownHosts } = options;
  return {
    place: { host, port },
    pinned: hostKey ?? null,
    hosts: knownHosts === undefined ? [] : await readKnownHosts(knownHosts),
  };
}

async function readKnownHosts(path: string): Promise<KnownHosts> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw unusable(path, cause);
  });
  const hosts = parseKnownHosts(text);
  if (hosts === null) throw unusable(path);
  return hosts;
}

function unusable(path: string, cause?: unknown): AppError {
  return appError('TARGET/OPTION_INVALID', {
    message: `The known_hosts file ${path} cannot be read, or holds a revocation that cannot.`,
    remedy: 'Check the file; without it no host key is trusted.',
    context: { path },
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
  const where = `${policy.place.host}:${policy.place.port}`;
  const context = { host: policy.place.host, port: policy.place.port, hostKey: shown, keyType: readKeyType(blob) };
  if (verdict === 'unknown') {
    return appError('TARGET/HOST_KEY_UNKNOWN', {
      message: `The server ${where} shows a host key that is not known here: ${shown}.`,
      remedy: `Compare it with the one its operator gives you another way, then add --host-key ${shown}.`,
      context,
    });
  }
  const expected =
    policy.pinned ??
    knownKeysOf(policy.hosts, policy.place)
      .map((key) => key.fingerprint)
      .join(', ');
  return appError('TARGET/HOST_KEY_CHANGED', {
    message:
      verdict === 'revoked'
        ? `The server ${where} shows the host key ${shown}, which is revoked.`
        : `The server ${where} shows the host key ${shown}, and ${expected} is the one that is trusted.`,
    remedy:
      'Nothing was sent: this may be another machine in its place. Ask its operator; if the key was changed on purpose, remove the target and add it again.',
    context: { ...context, expected },
  });
}
