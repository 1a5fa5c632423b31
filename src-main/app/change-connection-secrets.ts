import { appError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import type { VaultBackendFacts, VaultBackendId } from '../ports/vault.ts';
import { openJournal } from './change-journal.ts';
import { givenKinds, storeTunnelSecrets, type GivenSecrets } from './change-tunnel.ts';
import { connectionEntry } from './connection-entry.ts';
import { connectionRecordOf, connectorOf, secretName } from './connections.ts';
import type { Core } from './core.ts';
import { lockRecords } from './lock-records.ts';
import type { ConnectionRecord, TunnelRecord } from './records.ts';
import { tunnelSecretName } from './tunnels.ts';

interface NewPassword {
  readonly password: SecretText;
  /** Default: where the old one is. */
  readonly store: VaultBackendId | undefined;
}

/** The record of a connection that takes a password, or why it takes none. */
export async function requirePassworded(core: Core, name: string): Promise<ConnectionRecord> {
  const record = await connectionRecordOf(core, name);
  if (connectorOf(core, record.connector).traits.network) return record;
  throw appError('CONNECTION/OPTION_INVALID', {
    message: `${name} is a file and takes no password.`,
    remedy: 'Leave it as it is; rights on a file are given by the system.',
  });
}

/** Stores the password of a saved connection, the first one or another. */
export async function changePassword(core: Core, name: string, given: NewPassword): Promise<VaultBackendFacts> {
  const { secret } = await requirePassworded(core, name);
  const journal = await openJournal(core);
  const vault = await core.vault();
  await vault.backendFor(given.store ?? secret);
  using _alone = await lockRecords(core, core.home.connections);
  const record = await connectionRecordOf(core, name);
  const facts = await vault.set(secretName(name), given.password, given.store);
  const changed = { ...record, secret: facts.id };
  await core.records.connections.update((all) => ({ ...all, [name]: changed }));
  await journal('connection.changed', { ...connectionEntry(name, changed), changed: 'password' });
  return facts;
}

/** The tunnel of a saved connection, or that it has none. */
export async function requireTunnel(core: Core, name: string): Promise<TunnelRecord> {
  const { tunnel } = await connectionRecordOf(core, name);
  if (tunnel !== undefined) return tunnel;
  throw appError('TUNNEL/OPTION_INVALID', {
    message: `${name} has no tunnel, and so no secret of one.`,
    remedy: 'To lead it through an SSH server, add it anew with --ssh-host.',
  });
}

interface NewTunnelSecrets {
  /** Those that are not given stay as they are. */
  readonly secrets: GivenSecrets;
  /** Default: where the old ones are. */
  readonly store: VaultBackendId | undefined;
}

/** Stores a secret of a saved connection's tunnel, the first one or another. */
export async function changeTunnelSecrets(
  core: Core,
  name: string,
  { secrets, store }: NewTunnelSecrets,
): Promise<VaultBackendFacts | null> {
  await requireTunnel(core, name);
  const journal = await openJournal(core);
  const vault = await core.vault();
  const given = givenKinds(secrets);
  const held = (await vault.list()).find((each) => given.some((kind) => each.name === tunnelSecretName(name, kind)));
  await vault.backendFor(store ?? held?.backend);
  using _alone = await lockRecords(core, core.home.connections);
  const record = await connectionRecordOf(core, name);
  const before = await requireTunnel(core, name);
  const { kinds, facts } = await storeTunnelSecrets(core, name, { secrets, before: before.secrets, store });
  const changed = { ...record, tunnel: { ...before, secrets: kinds } };
  await core.records.connections.update((all) => ({ ...all, [name]: changed }));
  await journal('connection.changed', {
    ...connectionEntry(name, changed),
    changed: given.map((kind) => `tunnel ${kind}`),
  });
  return facts;
}
