import { appError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import type { Connector } from '../ports/connector.ts';
import type { TunnelSecrets } from '../ports/tunnel.ts';
import type { VaultBackendFacts, VaultBackendId } from '../ports/vault.ts';
import type { Core } from './core.ts';
import { noteHostKeyChanged } from './host-key-entries.ts';
import { parseOptions } from './option-fields.ts';
import type { HostKeySource, TunnelRecord } from './records.ts';
import {
  namedTunnel,
  plainOptions,
  settledTunnel,
  TUNNEL_SECRETS,
  tunnelSecretName,
  type TunnelSecretKind,
} from './tunnels.ts';

/** undefined: what is stored stays; null: none from now on. */
export type GivenSecrets = Readonly<Record<TunnelSecretKind, SecretText | null | undefined>>;

export interface GivenTunnel {
  readonly options: Readonly<Record<string, unknown>>;
  readonly secrets: GivenSecrets;
}

/** A tunnel whose server's key is pinned, before its secrets are stored. */
export interface PinnedTunnel {
  readonly options: Record<string, unknown>;
  readonly acceptedBy: HostKeySource;
}

/** The options of a tunnel as a record keeps them, or what is wrong with them. */
export function tunnelOptionsOf(core: Core, connector: Connector, given: GivenTunnel): Record<string, unknown> {
  if (!connector.traits.network) {
    throw appError('TUNNEL/OPTION_INVALID', {
      message: `${connector.title} is a file of this machine: no tunnel leads there.`,
      remedy: 'Leave out what is said of the tunnel.',
    });
  }
  const options = parseOptions(core.registries.tunnel.options, given.options, 'TUNNEL/OPTION_INVALID');
  return plainOptions(options);
}

/**
 * Pins the keys of the SSH servers: by the options given, by what a known_hosts file says of those that they show, or by a
 * person who compares them. At the last one no login is tried.
 */
export async function pinTunnel(
  core: Core,
  { name, options, secrets }: { readonly name: string; readonly options: unknown; readonly secrets: TunnelSecrets },
  signal: AbortSignal,
): Promise<PinnedTunnel> {
  const { tunnel } = core.registries;
  const { confirm } = core.host;
  const vouch = async (server: string, hostKey: string): Promise<boolean> =>
    confirm !== null &&
    (await confirm(`${server} shows the host key ${hostKey}. Is it the one its operator gave you? [y/N] `));
  try {
    const settled = await settledTunnel(core, options);
    const parsed = parseOptions(tunnel.options, settled, 'TUNNEL/OPTION_INVALID');
    const pinned = await tunnel.identify(parsed, secrets, { signal, agent: core.agent, vouch });
    return { options: plainOptions(pinned.options), acceptedBy: pinned.by };
  } catch (error) {
    await noteHostKeyChanged(core, namedTunnel(name), error);
    throw error;
  }
}

/** Kinds that are given to be stored. */
export function givenKinds(secrets: GivenSecrets): TunnelSecretKind[] {
  return TUNNEL_SECRETS.filter((kind) => secrets[kind] !== undefined && secrets[kind] !== null);
}

export interface StoredSecrets {
  readonly kinds: TunnelRecord['secrets'];
  /** Where those that were given are; null: none was. */
  readonly facts: VaultBackendFacts | null;
}

/** Puts the secrets of a tunnel where they belong from now on. `before`: those of the record so far. */
export async function storeTunnelSecrets(
  core: Core,
  name: string,
  given: {
    readonly secrets: GivenSecrets;
    readonly before: TunnelRecord['secrets'];
    readonly store: VaultBackendId | undefined;
  },
): Promise<StoredSecrets> {
  let facts: VaultBackendFacts | null = null;
  const kinds: TunnelSecretKind[] = [];
  for (const kind of TUNNEL_SECRETS) {
    const secret = given.secrets[kind];
    const had = given.before.includes(kind);
    if (secret === null) {
      if (had) await (await core.vault()).remove(tunnelSecretName(name, kind));
    } else if (secret !== undefined) {
      facts = await (await core.vault()).set(tunnelSecretName(name, kind), secret, given.store);
      kinds.push(kind);
    } else if (had) {
      if (given.store !== undefined) await moveSecret(core, tunnelSecretName(name, kind), given.store);
      kinds.push(kind);
    }
  }
  return { kinds, facts };
}

/** One that is gone, as those of an earlier session are, has nowhere to move from. */
async function moveSecret(core: Core, secretName: string, store: VaultBackendId): Promise<void> {
  const vault = await core.vault();
  const held = (await vault.list()).find(({ name }) => name === secretName);
  if (held?.backend === store) return;
  const secret = await vault.get(secretName);
  if (secret !== null) await vault.set(secretName, secret, store);
}
