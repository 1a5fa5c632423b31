import { ulid } from 'ulid';
import { appError } from '../../src-shared/errors/app-error.ts';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import type { VaultBackendFacts, VaultBackendId } from '../ports/vault.ts';
import { openJournal } from './change-journal.ts';
import {
  connectionRecordOf,
  connectorOf,
  keySecretName,
  refuseBadName,
  secretName,
  secretNamesOf,
  storedKeyPassphrase,
  storedPassword,
} from './connections.ts';
import type { Core } from './core.ts';
import { lockRecords } from './lock-records.ts';
import { parseOptions } from './option-fields.ts';
import type { ConnectionRecord } from './records.ts';
import { openForRemoval, removeSecrets, type RemovedSecrets } from './remove-secrets.ts';

export interface NewConnection {
  readonly name: string;
  readonly connector: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly production: boolean;
  readonly color?: ConnectionRecord['color'];
  readonly password: SecretText | null;
  /** Opens the key of its client certificate. */
  readonly keyPassphrase?: SecretText | null;
  readonly store: VaultBackendId | undefined;
}

/** What stands in its record. */
type Plain = Omit<NewConnection, 'password' | 'keyPassphrase'>;

/** What is wrong with a new connection, before anybody is asked for its password. */
export async function requireNewConnection(core: Core, request: Plain): Promise<void> {
  await recordOf(core, request);
}

/** Saves a connection; the password goes to the vault first, so that no saved connection lacks the one it was given. */
export async function addConnection(core: Core, request: NewConnection): Promise<VaultBackendFacts | null> {
  const record = await recordOf(core, request);
  const journal = await openJournal(core);
  // Opened before the lock is taken: it may have to wait for a person.
  const { name, password, keyPassphrase = null, store } = request;
  if (password !== null || keyPassphrase !== null) await (await core.vault()).backendFor(store);
  using _alone = await lockRecords(core, core.home.connections);
  requireFree(await core.records.connections.read(), request.name);
  const vault = await core.vault();
  const facts = password === null ? null : await vault.set(secretName(name), password, store);
  const ofKey = keyPassphrase === null ? null : await vault.set(keySecretName(name), keyPassphrase, store);
  const saved = {
    ...record,
    ...(facts === null ? {} : { secret: facts.id }),
    ...(ofKey === null ? {} : { keySecret: ofKey.id }),
  };
  await core.records.connections.update((all) => ({ ...all, [request.name]: saved }));
  await journal('connection.added', entryOf(request.name, saved));
  return facts ?? ofKey;
}

async function recordOf(core: Core, request: Plain): Promise<ConnectionRecord> {
  const record = plainRecord(core, request);
  refuseBadName(request.name);
  requireFree(await core.records.connections.read(), request.name);
  return record;
}

/** The record without its secret. */
function plainRecord(core: Core, request: Plain): ConnectionRecord {
  const connector = connectorOf(core, request.connector);
  const options = parseOptions(connector.options, request.options, 'CONNECTION/OPTION_INVALID');
  return {
    connector: connector.id,
    options: JSON.parse(JSON.stringify(options)) as Record<string, unknown>, // JSON by the schema's own rules
    production: request.production,
    ...(request.color === undefined ? {} : { color: request.color }),
    revision: ulid(core.clock.now().getTime()),
  };
}

function requireFree(all: Readonly<Record<string, ConnectionRecord>>, name: string): void {
  if (ownValue(all, name) === undefined) return;
  throw appError('CONNECTION/EXISTS', {
    message: `There is already a connection named ${name}.`,
    remedy: `Choose another name, or remove it first: waybill connection remove ${name}.`,
  });
}

export interface ChangedConnection extends Plain {
  /** undefined: what is stored stays; null: none from now on. */
  readonly password: SecretText | null | undefined;
  readonly keyPassphrase?: SecretText | null | undefined;
}

/** Replaces a saved connection. The vault comes first: no saved connection lacks the password it was given. */
export async function changeConnection(core: Core, request: ChangedConnection): Promise<ConnectionRecord> {
  const plain = plainRecord(core, request);
  const journal = await openJournal(core);
  await openVaultFor(core, request);
  using _alone = await lockRecords(core, core.home.connections);
  const before = await connectionRecordOf(core, request.name);
  const { name, store } = request;
  const secret = await changeSecret(core, {
    name: secretName(name),
    wanted: request.password,
    ...{ store, before: before.secret, old: () => storedPassword(core, name) },
  });
  const keySecret = await changeSecret(core, {
    name: keySecretName(name),
    // Without a key there is nothing that it would open.
    wanted: plain.options['key'] === undefined ? null : request.keyPassphrase,
    ...{ store, before: before.keySecret, old: () => storedKeyPassphrase(core, name) },
  });
  const record = {
    ...plain,
    ...(secret === undefined ? {} : { secret }),
    ...(keySecret === undefined ? {} : { keySecret }),
  };
  await core.records.connections.update((all) => ({ ...all, [request.name]: record }));
  await journal('connection.changed', entryOf(request.name, record));
  return record;
}

/** Opened before the lock is taken: it may have to wait for a person. */
async function openVaultFor(core: Core, { password, keyPassphrase, store }: ChangedConnection): Promise<void> {
  const isGiven = password instanceof SecretText || keyPassphrase instanceof SecretText;
  if (isGiven || store !== undefined) await (await core.vault()).backendFor(store);
}

interface SecretChange {
  /** In the vault. */
  readonly name: string;
  /** undefined: what is stored stays; null: none from now on. */
  readonly wanted: SecretText | null | undefined;
  readonly store: VaultBackendId | undefined;
  /** Where it is; undefined: there is none. */
  readonly before: VaultBackendId | undefined;
  readonly old: () => Promise<SecretText | null>;
}

/** Puts a secret where it belongs from now on and says where that is; undefined: there is none. */
async function changeSecret(core: Core, change: SecretChange): Promise<VaultBackendId | undefined> {
  const { name, wanted, store, before } = change;
  const vault = await core.vault();
  if (wanted === null) {
    if (before !== undefined) await vault.remove(name);
    return undefined;
  }
  if (wanted !== undefined) return (await vault.set(name, wanted, store)).id;
  if (before === undefined || store === undefined || store === before) return before;
  const old = await change.old();
  return old === null ? before : (await vault.set(name, old, store)).id;
}

/** What of a connection is a secret. */
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
  if (kind === 'key passphrase') {
    if (record.options['key'] !== undefined) return record;
    throw appError('CONNECTION/OPTION_INVALID', {
      message: `${name} has no client certificate, so there is no key to open.`,
      remedy: 'Add the connection anew with --cert FILE and --key FILE.',
    });
  }
  if (connectorOf(core, record.connector).traits.network) return record;
  throw appError('CONNECTION/OPTION_INVALID', {
    message: `${name} is a file and takes no password.`,
    remedy: 'Leave it as it is; rights on a file are given by the system.',
  });
}

/** Stores the password of a saved connection, the first one or another. */
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
  await journal('connection.changed', { ...entryOf(name, changed), changed: given.kind });
  return facts;
}

export interface RemovedConnection extends RemovedSecrets {
  /** A password was stored with it. */
  readonly hadSecret: boolean;
  /** The ledger says that it was removed, or there is none yet. */
  readonly recorded: boolean;
}

/**
 * Removes a connection and its secret, and makes sure that the secret is gone. With `forget` it goes even if the vault
 * does not open; what is left there is in the result.
 */
export async function removeConnection(
  core: Core,
  name: string,
  how: { readonly forget: boolean } = { forget: false },
): Promise<RemovedConnection> {
  const leaving = { what: `The connection ${name}`, forget: how.forget };
  const secrets = secretNamesOf(name, await connectionRecordOf(core, name));
  const journal = await openForRemoval(core, { ...leaving, secrets });
  using _alone = await lockRecords(core, core.home.connections);
  const record = await connectionRecordOf(core, name);
  const result = await removeSecrets(core, { ...leaving, secrets: secretNamesOf(name, record) });
  await core.records.connections.update((all) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => key !== name)),
  );
  await journal?.('connection.removed', {
    ...entryOf(name, record),
    ...(result.left.length === 0 ? {} : { secretLeft: result.left }),
  });
  return {
    ...result,
    hadSecret: record.secret !== undefined || record.keySecret !== undefined,
    recorded: journal !== null,
  };
}

function entryOf(name: string, record: ConnectionRecord): Record<string, unknown> {
  return { connection: name, connector: record.connector, production: record.production };
}
