import { appError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import type { Tunnel, TunnelSecrets } from '../ports/tunnel.ts';
import type { Core } from './core.ts';
import { noteHostKeyAccepted, noteHostKeyChanged, openNotingHostKey, type Pinned } from './host-key-entries.ts';
import { parseOptions } from './option-fields.ts';
import type { ConnectionRecord, TunnelRecord } from './records.ts';

export type TunnelSecretKind = keyof TunnelSecrets;

export const TUNNEL_SECRETS: readonly TunnelSecretKind[] = ['password', 'passphrase'];

/** Kinds of their own, so that no name of a connection can be the secret of another. */
export const tunnelSecretName = (connection: string, kind: TunnelSecretKind): string =>
  kind === 'password' ? `tunnel/${connection}` : `tunnel-passphrase/${connection}`;

/** Opens the tunnel of a saved connection; null: it is reached straight. */
export async function openSavedTunnel(
  core: Core,
  { name, record }: { readonly name: string; readonly record: ConnectionRecord },
  signal: AbortSignal,
): Promise<Tunnel | null> {
  const { tunnel } = record;
  if (tunnel === undefined) return null;
  const secrets = await storedTunnelSecrets(core, name, tunnel);
  return openNotingHostKey(core, pinnedTunnel(name, tunnel), () =>
    openTunnel(core, { options: tunnel.options, secrets }, signal),
  );
}

interface GivenTunnel {
  readonly options: unknown;
  readonly secrets: TunnelSecrets;
}

/** Opens a tunnel as a dialog holds it; `name` is that of the saved connection, where there is one. */
export async function openUnsavedTunnel(
  core: Core,
  { name, ...given }: GivenTunnel & { readonly name: string | undefined },
  signal: AbortSignal,
): Promise<Tunnel> {
  try {
    const options = await settledTunnel(core, given.options);
    return await openTunnel(core, { ...given, options }, signal);
  } catch (error) {
    if (name !== undefined) await noteHostKeyChanged(core, namedTunnel(name), error);
    throw error;
  }
}

/** Options with what the person's own files say of the way; what is saved needs no such file. */
export async function settledTunnel({ registries, userFiles }: Core, given: unknown): Promise<Record<string, unknown>> {
  const { tunnel } = registries;
  const options = parseOptions(tunnel.options, given, 'TUNNEL/OPTION_INVALID');
  const settled = await tunnel.settle(options, userFiles.home);
  return plainOptions(parseOptions(tunnel.options, plainOptions(settled), 'TUNNEL/OPTION_INVALID'));
}

/** Options as a record keeps them. */
export function plainOptions(options: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(options)) as Record<string, unknown>; // JSON by the schema's own rules
}

async function openTunnel(core: Core, given: GivenTunnel, signal: AbortSignal): Promise<Tunnel> {
  const { tunnel } = core.registries;
  const options = parseOptions(tunnel.options, given.options, 'TUNNEL/OPTION_INVALID');
  return tunnel.open(options, given.secrets, { signal, agent: core.agent });
}

/** The secrets of a saved tunnel, or `VAULT/SECRET_ABSENT` for one that should be there. */
export async function storedTunnelSecrets(core: Core, name: string, { secrets }: TunnelRecord): Promise<TunnelSecrets> {
  const secretOf = async (kind: TunnelSecretKind): Promise<SecretText | null> =>
    secrets.includes(kind) ? readSecret(core, name, kind) : null;
  return { password: await secretOf('password'), passphrase: await secretOf('passphrase') };
}

async function readSecret(core: Core, name: string, kind: TunnelSecretKind): Promise<SecretText> {
  const secret = await (await core.vault()).get(tunnelSecretName(name, kind));
  if (secret !== null) return secret;
  throw appError('VAULT/SECRET_ABSENT', {
    message: `The vault holds no ${kind} for the tunnel of ${name}, although one was stored.`,
    remedy: `Store it again: waybill connection password ${name} --ssh-${kind}-stdin.`,
    context: { connection: name },
  });
}

/** A connection's tunnel as the ledger speaks of its host key. Where it leads is no more told than of the database. */
export function pinnedTunnel(name: string, tunnel: TunnelRecord): Pinned {
  return {
    ...namedTunnel(name),
    hostKey: hostKeysOf(tunnel.options),
    untold: tunnel.hostKeyUntold,
    told: async (core) => {
      await core.records.connections.update((all) => {
        const now = ownValue(all, name);
        if (now?.tunnel === undefined) return all;
        const { hostKeyUntold: _told, ...told } = now.tunnel;
        return { ...all, [name]: { ...now, tunnel: told } };
      });
    },
  };
}

/** The key of the server, or those of the whole way in its order. */
function hostKeysOf({ hostKey, jumpHostKeys }: TunnelRecord['options']): unknown {
  return typeof jumpHostKeys === 'string' ? [...jumpHostKeys.split(','), hostKey] : hostKey;
}

/** The same, of one that is not saved yet. */
export function namedTunnel(connection: string): Pick<Pinned, 'entry' | 'namesPlace'> {
  return { entry: (hostKey) => ({ connection, tunnel: { hostKey } }), namesPlace: false };
}

/** Has the ledger say that the key was accepted, where it has not heard so yet: before the first export through it. */
export async function tellTunnelKey(core: Core, name: string): Promise<void> {
  const tunnel = ownValue(await core.records.connections.read(), name)?.tunnel;
  if (tunnel !== undefined) await noteHostKeyAccepted(core, pinnedTunnel(name, tunnel));
}

/** `user@host:port` of a saved tunnel. */
export function throughOf({ registries: { tunnel } }: Core, { options }: Pick<TunnelRecord, 'options'>): string {
  return tunnel.through(parseOptions(tunnel.options, options, 'TUNNEL/OPTION_INVALID'));
}
