import { ulid } from 'ulid';
import { appError } from '../../src-shared/errors/app-error.ts';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import type { VaultBackendFacts, VaultBackendId } from '../ports/vault.ts';
import { openJournal } from './change-journal.ts';
import { connectionRecordOf, connectorOf, passwordOf, refuseBadName, secretName } from './connections.ts';
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
  readonly store: VaultBackendId | undefined;
}

/** What is wrong with a new connection, before anybody is asked for its password. */
export async function requireNewConnection(core: Core, request: Omit<NewConnection, 'password'>): Promise<void> {
  await recordOf(core, request);
}

/** Saves a connection; the password goes to the vault first, so that no saved connection lacks the one it was given. */
export async function addConnection(core: Core, request: NewConnection): Promise<VaultBackendFacts | null> {
  const record = await recordOf(core, request);
  const journal = await openJournal(core);
  // Opened before the lock is taken: it may have to wait for a person.
  if (request.password !== null) await (await core.vault()).backendFor(request.store);
  using _alone = await lockRecords(core, core.home.connections);
  requireFree(await core.records.connections.read(), request.name);
  const { name, password, store } = request;
  const facts = password === null ? null : await (await core.vault()).set(secretName(name), password, store);
  const saved = facts === null ? record : { ...record, secret: facts.id };
  await core.records.connections.update((all) => ({ ...all, [request.name]: saved }));
  await journal('connection.added', entryOf(request.name, saved));
  return facts;
}

async function recordOf(core: Core, request: Omit<NewConnection, 'password'>): Promise<ConnectionRecord> {
  const record = plainRecord(core, request);
  refuseBadName(request.name);
  requireFree(await core.records.connections.read(), request.name);
  return record;
}

/** The record without its secret. */
function plainRecord(core: Core, request: Omit<NewConnection, 'password'>): ConnectionRecord {
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

export interface ChangedConnection extends Omit<NewConnection, 'password'> {
  /** undefined: what is stored stays; null: none from now on. */
  readonly password: SecretText | null | undefined;
}

/** Replaces a saved connection. The vault comes first: no saved connection lacks the password it was given. */
export async function changeConnection(core: Core, request: ChangedConnection): Promise<ConnectionRecord> {
  const plain = plainRecord(core, request);
  const journal = await openJournal(core);
  await openVaultFor(core, request);
  using _alone = await lockRecords(core, core.home.connections);
  const before = await connectionRecordOf(core, request.name);
  const secret = await changeSecret(core, request, before);
  const record = secret === undefined ? plain : { ...plain, secret };
  await core.records.connections.update((all) => ({ ...all, [request.name]: record }));
  await journal('connection.changed', entryOf(request.name, record));
  return record;
}

/** Opened before the lock is taken: it may have to wait for a person. */
async function openVaultFor(core: Core, { password, store }: ChangedConnection): Promise<void> {
  if (password instanceof SecretText || store !== undefined) await (await core.vault()).backendFor(store);
}

/** Puts the password where it belongs from now on and says where that is; undefined: there is none. */
async function changeSecret(
  core: Core,
  { name, password, store }: ChangedConnection,
  before: ConnectionRecord,
): Promise<VaultBackendId | undefined> {
  const vault = await core.vault();
  if (password === null) {
    if (before.secret !== undefined) await vault.remove(secretName(name));
    return undefined;
  }
  if (password !== undefined) return (await vault.set(secretName(name), password, store)).id;
  if (before.secret === undefined || store === undefined || store === before.secret) return before.secret;
  return (await vault.set(secretName(name), await passwordOf(core, name), store)).id;
}

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
  await journal('connection.changed', { ...entryOf(name, changed), changed: 'password' });
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
  const secretsOf = ({ secret }: ConnectionRecord) => (secret === undefined ? [] : [secretName(name)]);
  const leaving = { what: `The connection ${name}`, forget: how.forget };
  const secrets = secretsOf(await connectionRecordOf(core, name));
  const journal = await openForRemoval(core, { ...leaving, secrets });
  using _alone = await lockRecords(core, core.home.connections);
  const record = await connectionRecordOf(core, name);
  const result = await removeSecrets(core, { ...leaving, secrets: secretsOf(record) });
  await core.records.connections.update((all) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => key !== name)),
  );
  await journal?.('connection.removed', {
    ...entryOf(name, record),
    ...(result.left.length === 0 ? {} : { secretLeft: result.left }),
  });
  return { ...result, hadSecret: record.secret !== undefined, recorded: journal !== null };
}

function entryOf(name: string, record: ConnectionRecord): Record<string, unknown> {
  return { connection: name, connector: record.connector, production: record.production };
}
