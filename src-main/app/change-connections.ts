import { ulid } from 'ulid';
import { appError } from '../../src-shared/errors/app-error.ts';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import type { VaultBackendFacts, VaultBackendId } from '../ports/vault.ts';
import { openJournal } from './change-journal.ts';
import { givenKinds, pinTunnel, storeTunnelSecrets, tunnelOptionsOf, type GivenTunnel } from './change-tunnel.ts';
import { connectionEntry } from './connection-entry.ts';
import {
  connectionRecordOf,
  connectorOf,
  keySecretName,
  refuseBadName,
  secretName,
  storedKeyPassphrase,
  storedPassword,
} from './connections.ts';
import type { Core } from './core.ts';
import { keySecretTitle } from './key-secret-title.ts';
import { noteHostKeyAccepted } from './host-key-entries.ts';
import { lockRecords } from './lock-records.ts';
import { parseOptions } from './option-fields.ts';
import type { ConnectionRecord, TunnelRecord } from './records.ts';
import { changeSecret } from './change-secret.ts';
import { pinnedTunnel } from './tunnels.ts';
import { unsavedTunnel } from './unsaved-tunnel.ts';

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
  /** The server that it is to be reached through; absent: straight. */
  readonly tunnel?: GivenTunnel | null | undefined;
  /** Ends what is asked of that server. */
  readonly signal?: AbortSignal;
}

/** What stands in its record. */
type Plain = Omit<NewConnection, 'password' | 'keyPassphrase'>;

/** What is wrong with a new connection, before anybody is asked for its secrets. */
export async function requireNewConnection(core: Core, request: Plain): Promise<void> {
  await recordOf(core, request);
}

/** Saves a connection; the password goes to the vault first, so that no saved connection lacks the one it was given. */
export async function addConnection(core: Core, request: NewConnection): Promise<VaultBackendFacts | null> {
  const record = await recordOf(core, request);
  const pinned = await pinnedOf(core, request, { tunnel: record.tunnel });
  const journal = await openJournal(core);
  const { name, password, keyPassphrase = null, store } = request;
  const secrets = request.tunnel?.secrets ?? NO_SECRETS;
  // Opened before the lock is taken: it may have to wait for a person.
  const isGiven = password !== null || keyPassphrase !== null || givenKinds(secrets).length > 0;
  if (isGiven) await (await core.vault()).backendFor(store);
  using _alone = await lockRecords(core, core.home.connections);
  requireFree(await core.records.connections.read(), name);
  const vault = await core.vault();
  const facts = password === null ? null : await vault.set(secretName(name), password, store);
  const ofKey = keyPassphrase === null ? null : await vault.set(keySecretName(name), keyPassphrase, store);
  const stored = await storeTunnelSecrets(core, name, { secrets, before: [], store });
  const saved = {
    ...record,
    ...(facts === null ? {} : { secret: facts.id }),
    ...(ofKey === null ? {} : { keySecret: ofKey.id }),
    ...(pinned === null ? {} : { tunnel: { ...pinned, secrets: stored.kinds } }),
  };
  await core.records.connections.update((all) => ({ ...all, [name]: saved }));
  await journal('connection.added', connectionEntry(name, saved));
  if (saved.tunnel !== undefined) await noteHostKeyAccepted(core, pinnedTunnel(name, saved.tunnel));
  return facts ?? ofKey ?? stored.facts;
}

const NO_SECRETS = { password: null, passphrase: null };

/** What says whose keys they are. */
const KEYED = ['host', 'port', 'hostKey', 'jump', 'jumpHostKeys'];

/** The tunnel as it is saved, with its key pinned. One whose key is that of `before` was accepted then. */
async function pinnedOf(
  core: Core,
  { name, signal, tunnel: given }: Pick<NewConnection, 'name' | 'signal' | 'tunnel'>,
  { tunnel, before }: { readonly tunnel: TunnelRecord | undefined; readonly before?: TunnelRecord | undefined },
): Promise<TunnelRecord | null> {
  if (tunnel === undefined) return null;
  const never = new AbortController().signal;
  // Jump hosts are logged in at before the key of the server behind them can be seen.
  const secrets = (await unsavedTunnel(core, before === undefined ? undefined : name, given))?.secrets ?? NO_SECRETS;
  const { options, acceptedBy } = await pinTunnel(core, { name, options: tunnel.options, secrets }, signal ?? never);
  const isOld = before !== undefined && KEYED.every((key) => before.options[key] === options[key]);
  const untold = isOld ? before.hostKeyUntold : acceptedBy;
  return { options, secrets: [], ...(untold === undefined ? {} : { hostKeyUntold: untold }) };
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
    ...(request.tunnel === undefined || request.tunnel === null
      ? {}
      : { tunnel: { options: tunnelOptionsOf(core, connector, request.tunnel), secrets: [] } }),
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

/** Replaces a saved connection. The vault comes first: no saved connection lacks the secrets it was given. */
export async function changeConnection(core: Core, request: ChangedConnection): Promise<ConnectionRecord> {
  const { tunnel: wanted, ...plain } = plainRecord(core, request);
  const connector = connectorOf(core, plain.connector);
  const { name } = request;
  const known = await connectionRecordOf(core, name);
  const pinned = await pinnedOf(core, request, { tunnel: wanted, before: known.tunnel });
  const journal = await openJournal(core);
  await openVaultFor(core, request);
  using _alone = await lockRecords(core, core.home.connections);
  const before = await connectionRecordOf(core, name);
  const { store } = request;
  const secret = await changeSecret(core, {
    name: secretName(name),
    wanted: request.password,
    ...{ store, before: before.secret, old: () => storedPassword(core, name) },
  });
  const keySecret = await changeSecret(core, {
    name: keySecretName(name),
    // Without a key there is nothing that it would open.
    wanted: keySecretTitle(connector.options, plain.options) === null ? null : request.keyPassphrase,
    ...{ store, before: before.keySecret, old: () => storedKeyPassphrase(core, name) },
  });
  const tunnel = await changeTunnel(core, { request, pinned }, before.tunnel);
  const record = {
    ...plain,
    ...(secret === undefined ? {} : { secret }),
    ...(keySecret === undefined ? {} : { keySecret }),
    ...(tunnel === undefined ? {} : { tunnel }),
  };
  await core.records.connections.update((all) => ({ ...all, [name]: record }));
  await journal('connection.changed', connectionEntry(name, record));
  if (tunnel !== undefined) await noteHostKeyAccepted(core, pinnedTunnel(name, tunnel));
  return record;
}

/** The tunnel from now on; a request that does not speak of it leaves it as it is. */
async function changeTunnel(
  core: Core,
  { request, pinned }: { readonly request: ChangedConnection; readonly pinned: TunnelRecord | null },
  before: TunnelRecord | undefined,
): Promise<TunnelRecord | undefined> {
  if (request.tunnel === undefined) return before;
  const given = { secrets: request.tunnel?.secrets ?? NO_SECRETS, before: before?.secrets ?? [], store: request.store };
  const { kinds } = await storeTunnelSecrets(core, request.name, given);
  return pinned === null ? undefined : { ...pinned, secrets: kinds };
}

/** Opened before the lock is taken: it may have to wait for a person. */
async function openVaultFor(core: Core, { password, keyPassphrase, store, tunnel }: ChangedConnection): Promise<void> {
  const isGiven = password instanceof SecretText || keyPassphrase instanceof SecretText;
  const isStored = isGiven || givenKinds(tunnel?.secrets ?? NO_SECRETS).length > 0;
  if (isStored || store !== undefined) await (await core.vault()).backendFor(store);
}
