import { appError } from '../../src-shared/errors/app-error.ts';
import { DEFAULT_LOCK_TIMEOUT_MS } from '../../src-shared/model/plan.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import { lowerFirst } from '../../src-shared/util/lower-first.ts';
import { nearest } from '../../src-shared/util/nearest.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import type { Connector, Session } from '../ports/connector.ts';
import type { TunnelFacts, TunnelSecrets } from '../ports/tunnel.ts';
import type { Core } from './core.ts';
import { keySecretTitle } from './key-secret-title.ts';
import { parseOptions } from './option-fields.ts';
import { RECORD_NAME, type ConnectionRecord } from './records.ts';
import { openOver } from './tunnelled-session.ts';
import { openSavedTunnel, openUnsavedTunnel, tunnelSecretName } from './tunnels.ts';

export const secretName = (connection: string): string => `connection/${connection}`;

/** Of the passphrase that opens the key of the client certificate. */
export const keySecretName = (connection: string): string => `connection-key/${connection}`;

/** The names in the vault of all secrets that a connection has. */
export function secretNamesOf(name: string, { secret, keySecret, tunnel }: ConnectionRecord): readonly string[] {
  return [
    ...(secret === undefined ? [] : [secretName(name)]),
    ...(keySecret === undefined ? [] : [keySecretName(name)]),
    ...(tunnel?.secrets ?? []).map((kind) => tunnelSecretName(name, kind)),
  ];
}

export async function connectionRecordOf(core: Core, name: string): Promise<ConnectionRecord> {
  const all = await core.records.connections.read();
  const record = ownValue(all, name);
  if (record !== undefined) return record;
  const near = nearest(name, Object.keys(all));
  throw appError('CONNECTION/ABSENT', {
    message: `There is no connection named ${name}.`,
    remedy: near === undefined ? 'See: waybill connection list.' : `Did you mean ${near}?`,
  });
}

export interface OpenConnection extends AsyncDisposable {
  readonly name: string;
  readonly record: ConnectionRecord;
  readonly connector: Connector;
  readonly session: Session;
  /** The server that it leads through; null: it is reached straight. */
  readonly tunnel: TunnelFacts | null;
}

/** Opens a saved connection. */
export async function openConnection(
  core: Core,
  name: string,
  how: { readonly signal: AbortSignal; readonly statementTimeoutMs?: number; readonly lockTimeoutMs?: number },
): Promise<OpenConnection> {
  const record = await connectionRecordOf(core, name);
  const connector = connectorOf(core, record.connector);
  const options = parseOptions(connector.options, record.options, 'CONNECTION/OPTION_INVALID');
  // Both take long. One that cannot be loaded says so where it is used.
  core.registries.drivers
    ?.get(record.connector)?.()
    .catch(() => undefined);
  const password = record.secret === undefined ? null : await passwordOf(core, name);
  const keyPassphrase = await storedKeyPassphrase(core, name);
  const tunnel = await openSavedTunnel(core, { name, record }, how.signal);
  const session = await openOver(tunnel, (way) =>
    connector.open(options, password, {
      ...way,
      signal: how.signal,
      applicationName: `waybill ${core.app.version}`,
      statementTimeoutMs: how.statementTimeoutMs ?? 0,
      lockTimeoutMs: how.lockTimeoutMs ?? DEFAULT_LOCK_TIMEOUT_MS,
      ...{ keyPassphrase, userFiles: core.userFiles },
    }),
  );
  const facts = tunnel?.facts ?? null;
  return {
    name,
    record,
    connector,
    session,
    tunnel: facts,
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

/** What a dialog holds. */
export interface UnsavedConnection {
  /** The saved connection that it is to replace; absent: none. */
  readonly name?: string | undefined;
  readonly connector: string;
  readonly options: unknown;
  readonly password: SecretText | null;
  readonly keyPassphrase: SecretText | null;
  readonly tunnel: { readonly options: unknown; readonly secrets: TunnelSecrets } | null;
}

/** Opens what is not saved, or not saved so. */
export async function openUnsaved(
  core: Core,
  given: UnsavedConnection,
  signal: AbortSignal,
): Promise<Pick<OpenConnection, 'session' | 'tunnel'>> {
  const connector = connectorOf(core, given.connector);
  const options = parseOptions(connector.options, given.options, 'CONNECTION/OPTION_INVALID');
  const tunnel =
    given.tunnel === null ? null : await openUnsavedTunnel(core, { name: given.name, ...given.tunnel }, signal);
  const session = await openOver(tunnel, (way) =>
    connector.open(options, given.password, {
      ...way,
      signal,
      applicationName: `waybill ${core.app.version}`,
      statementTimeoutMs: 0,
      ...{ keyPassphrase: given.keyPassphrase, userFiles: core.userFiles },
    }),
  );
  return { session, tunnel: tunnel?.facts ?? null };
}

/** The stored password of a connection; null: none was given. */
export async function storedPassword(core: Core, name: string): Promise<SecretText | null> {
  const record = await connectionRecordOf(core, name);
  return record.secret === undefined ? null : passwordOf(core, name);
}

/** The stored secret of the key of its client certificate, or of its wallet; null: none was given. */
export async function storedKeyPassphrase(core: Core, name: string): Promise<SecretText | null> {
  const { connector, options, keySecret } = await connectionRecordOf(core, name);
  if (keySecret === undefined) return null;
  const secret = await (await core.vault()).get(keySecretName(name));
  if (secret !== null) return secret;
  const title = keySecretTitle(connectorOf(core, connector).options, options) ?? 'Passphrase of the key';
  const isOfSession = keySecret === 'session';
  throw appError('VAULT/SECRET_ABSENT', {
    message: isOfSession
      ? `The ${lowerFirst(title)} of ${name} was kept for an earlier session only.`
      : `The vault does not hold the ${lowerFirst(title)} of ${name}, although it was stored.`,
    remedy: isOfSession
      ? 'Give it again: edit the connection.'
      : `Store it again: waybill connection password ${name} --key-passphrase-stdin.`,
    context: { connection: name, option: 'keyPassphrase' },
  });
}

/** The stored password of a connection that has one, or `VAULT/SECRET_ABSENT`. */
export async function passwordOf(core: Core, name: string): Promise<SecretText> {
  const secret = await (await core.vault()).get(secretName(name));
  if (secret !== null) return secret;
  const { secret: place } = await connectionRecordOf(core, name);
  if (place === 'session') {
    throw appError('VAULT/SECRET_ABSENT', {
      message: `The password of ${name} was kept for an earlier session only.`,
      remedy: 'Give it again: edit the connection.',
      context: { connection: name },
    });
  }
  throw appError('VAULT/SECRET_ABSENT', {
    message: `The vault holds no password for ${name}, although one was stored.`,
    remedy: `Store it again: waybill connection password ${name}.`,
    context: { connection: name },
  });
}

/** The connector of an id, with the nearest known one in the error. */
export function connectorOf(core: Core, id: string): Connector {
  const connector = core.registries.connectors.get(id);
  if (connector !== undefined) return connector;
  const known = [...core.registries.connectors.keys()];
  const near = nearest(id, known);
  throw appError('PLAN/ADAPTER_UNKNOWN', {
    message: `There is no connector named ${id}.`,
    remedy: near === undefined ? `Known connectors: ${known.join(', ')}.` : `Did you mean ${near}?`,
  });
}

export function refuseBadName(name: string): void {
  if (RECORD_NAME.test(name)) return;
  throw appError('CLI/USAGE', {
    message: `"${name}" cannot be a name here.`,
    remedy: 'Use up to 64 letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
  });
}
