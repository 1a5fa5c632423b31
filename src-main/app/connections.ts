import { appError } from '../../src-shared/errors/app-error.ts';
import { DEFAULT_LOCK_TIMEOUT_MS } from '../../src-shared/model/plan.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import { nearest } from '../../src-shared/util/nearest.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import type { Connector, Session } from '../ports/connector.ts';
import type { Core } from './core.ts';
import { parseOptions } from './option-fields.ts';
import { RECORD_NAME, type ConnectionRecord } from './records.ts';

export const secretName = (connection: string): string => `connection/${connection}`;

/** Of the passphrase that opens the key of the client certificate. */
export const keySecretName = (connection: string): string => `connection-key/${connection}`;

/** The names in the vault of all secrets that a connection has. */
export function secretNamesOf(name: string, { secret, keySecret }: ConnectionRecord): readonly string[] {
  return [
    ...(secret === undefined ? [] : [secretName(name)]),
    ...(keySecret === undefined ? [] : [keySecretName(name)]),
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
  const password = record.secret === undefined ? null : await passwordOf(core, name);
  const session = await connector.open(options, password, {
    signal: how.signal,
    applicationName: `waybill ${core.app.version}`,
    statementTimeoutMs: how.statementTimeoutMs ?? 0,
    lockTimeoutMs: how.lockTimeoutMs ?? DEFAULT_LOCK_TIMEOUT_MS,
    keyPassphrase: await storedKeyPassphrase(core, name),
    userFiles: core.userFiles,
  });
  return { name, record, connector, session, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() };
}

/** Opens what is not saved, or not saved so. */
export async function openUnsaved(
  core: Core,
  given: {
    readonly connector: string;
    readonly options: unknown;
    readonly password: SecretText | null;
    readonly keyPassphrase: SecretText | null;
  },
  signal: AbortSignal,
): Promise<Session> {
  const connector = connectorOf(core, given.connector);
  const options = parseOptions(connector.options, given.options, 'CONNECTION/OPTION_INVALID');
  return connector.open(options, given.password, {
    signal,
    applicationName: `waybill ${core.app.version}`,
    statementTimeoutMs: 0,
    keyPassphrase: given.keyPassphrase,
    userFiles: core.userFiles,
  });
}

/** The stored password of a connection; null: none was given. */
export async function storedPassword(core: Core, name: string): Promise<SecretText | null> {
  const record = await connectionRecordOf(core, name);
  return record.secret === undefined ? null : passwordOf(core, name);
}

/** The stored passphrase of the key of its client certificate; null: none was given. */
export async function storedKeyPassphrase(core: Core, name: string): Promise<SecretText | null> {
  const { keySecret } = await connectionRecordOf(core, name);
  if (keySecret === undefined) return null;
  const secret = await (await core.vault()).get(keySecretName(name));
  if (secret !== null) return secret;
  throw appError('VAULT/SECRET_ABSENT', {
    message: `The vault holds no passphrase for the key of ${name}, although one was stored.`,
    remedy: `Store it again: waybill connection password ${name} --key-passphrase-stdin.`,
    context: { connection: name },
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
