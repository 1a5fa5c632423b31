import { appError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import type { VaultBackendFacts, VaultBackendId } from '../ports/vault.ts';
import { openJournal } from './change-journal.ts';
import { givenKinds, storeTunnelSecrets, type GivenSecrets } from './change-tunnel.ts';
import { connectionEntry } from './connection-entry.ts';
import { connectionRecordOf, connectorOf, keySecretName, secretName } from './connections.ts';
import type { Core } from './core.ts';
import { lockRecords } from './lock-records.ts';
import type { ConnectionRecord, TunnelRecord } from './records.ts';
import { keySecretTitle } from './key-secret-title.ts';
import { tunnelSecretName } from './tunnels.ts';

/** What of a connection is a secret, beside its tunnel's. */
export type ConnectionSecret = 'password' | 'key passphrase';

interface NewPassword {
  readonly kind: ConnectionSecret;
  readonly password: SecretText;
  /** Default: where the old one is. */
  readonly store: VaultBackendId | undefined;
}

/** The record of a connection that takes this secret, or why it takes none. */
export async function requirePassworded(core: Core, name: string, kind: ConnectionSecret): Promise<ConnectionRecord> {
  const record = await connectionRecordOf(core, name);
  const { options, traits } = connectorOf(core, record.connector);
  if (kind === 'key passphrase') {
    if (keySecretTitle(options, record.options) !== null) return record;
    throw appError('CONNECTION/OPTION_INVALID', {
      message: `${name} names neither a key nor a wallet, so there is nothing to open.`,
      remedy: 'Add the connection anew with --cert FILE and --key FILE, or with --wallet FOLDER.',
    });
  }
  if (traits.network) return record;
  throw appError('CONNECTION/OPTION_INVALID', {
    message: `${name} is a file and takes no password.`,
    remedy: 'Leave it as it is; rights on a file are given by the system.',
  });
}

/** Stores the password of a saved connection, or the passphrase of its key: the first one or another. */
export async function changePassword(core: Core, name: string, given: NewPassword): Promise<VaultBackendFacts> {
  const isOfKey = given.kind === 'key passphrase';
  const { secret, keySecret } = await requirePassworded(core, name, given.kind);
  const journal = await openJournal(core);
  const vault = await core.vault();
  await vault.backendFor(given.store ?? (isOfKey ? keySecret : secret));
  using _alone = await lockRecords(core, core.home.connections);
  const record = await connectionRecordOf(core, name);
  const facts = await vault.set((isOfKey ? keySecretName : secretName)(name), given.password, given.store);
  const changed = { ...record, ...(isOfKey ? { keySecret: facts.id } : { secret: facts.id }) };
  await core.records.connections.update((all) => ({ ...all, [name]: changed }));
  await journal('connection.changed', { ...connectionEntry(name, changed), changed: given.kind });
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
