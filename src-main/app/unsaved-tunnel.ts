import { ownValue } from '../../src-shared/util/own-value.ts';
import type { TunnelSecrets } from '../ports/tunnel.ts';
import type { GivenTunnel } from './change-tunnel.ts';
import type { Core } from './core.ts';
import type { TunnelRecord } from './records.ts';
import { storedTunnelSecrets, type TunnelSecretKind } from './tunnels.ts';

/**
 * A tunnel as a dialog holds it, with its secrets: what was typed, and what is stored where nothing was. undefined: as the
 * saved connection of this name has it.
 */
export async function unsavedTunnel(
  core: Core,
  name: string | undefined,
  given: GivenTunnel | null | undefined,
): Promise<{ readonly options: unknown; readonly secrets: TunnelSecrets } | null> {
  const saved = name === undefined ? undefined : ownValue(await core.records.connections.read(), name)?.tunnel;
  if (given === null || (given === undefined && saved === undefined)) return null;
  const options = given?.options ?? saved?.options;
  const kept = keptOf(saved, given);
  const stored = name === undefined || kept === null ? null : await storedTunnelSecrets(core, name, kept);
  const secretOf = (kind: TunnelSecretKind) => given?.secrets[kind] ?? stored?.[kind] ?? null;
  return { options, secrets: { password: secretOf('password'), passphrase: secretOf('passphrase') } };
}

/** The saved tunnel with those of its secrets alone that stay as they are. */
function keptOf(saved: TunnelRecord | undefined, given: GivenTunnel | null | undefined): TunnelRecord | null {
  if (saved === undefined) return null;
  return { ...saved, secrets: saved.secrets.filter((kind) => given?.secrets[kind] === undefined) };
}
