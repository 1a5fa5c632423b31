import { appError, isAppError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import { nearest } from '../../src-shared/util/nearest.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import type { Target, TargetSecrets, TargetSession } from '../ports/target.ts';
import type { VaultBackendFacts, VaultBackendId } from '../ports/vault.ts';
import type { Core } from './core.ts';
import { parseOptions } from './option-fields.ts';
import { RECORD_NAME, type TargetRecord } from './records.ts';

type SecretKind = keyof TargetSecrets;

/** Two kinds, so that no name of one target can be the secret of another. */
const secretName = (target: string, kind: SecretKind): string =>
  kind === 'password' ? `target/${target}` : `target-${kind}/${target}`;

export interface NewTarget {
  readonly name: string;
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly secrets: TargetSecrets;
  readonly store: VaultBackendId | undefined;
  readonly signal: AbortSignal;
}

export interface AddedTarget {
  readonly record: TargetRecord;
  /** Where its secrets are; null when it has none. */
  readonly vault: VaultBackendFacts | null;
}

/**
 * Saves a target. One whose peer has an identity is pinned first: by the option given, by what it is known by, or by a
 * person who compares the fingerprint. Secrets go to the vault before the record, so that no saved target lacks its own.
 */
export async function addTarget(core: Core, request: NewTarget): Promise<AddedTarget> {
  const target = targetOf(core, request.type);
  refuseBadName(request.name);
  const given = parseOptions(target.options, request.options, 'TARGET/OPTION_INVALID');
  if (ownValue(await core.records.targets.read(), request.name) !== undefined) throw alreadyThere(request.name);
  const options = await pin(core, { target, options: plainOptions(given), request });
  const kinds = (['password', 'passphrase'] as const).filter((kind) => request.secrets[kind] !== null);
  let vault: VaultBackendFacts | null = null;
  for (const kind of kinds) vault = await storeSecret(core, { request, kind });
  const record: TargetRecord = { type: target.id, options, secrets: kinds };
  await core.records.targets.update((all) => {
    if (ownValue(all, request.name) !== undefined) throw alreadyThere(request.name);
    return { ...all, [request.name]: record };
  });
  await journal(core, 'target.added', { name: request.name, record });
  return { record, vault };
}

/** Removes a target and its secrets, and makes sure that they are gone. */
export async function removeTarget(core: Core, name: string): Promise<{ secretsRemoved: number }> {
  const record = await targetRecordOf(core, name);
  let secretsRemoved = 0;
  for (const kind of record.secrets) {
    if (await (await core.vault()).remove(secretName(name, kind))) secretsRemoved += 1;
  }
  await core.records.targets.update((all) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== name)));
  await journal(core, 'target.removed', { name, record });
  return { secretsRemoved };
}

export async function targetRecordOf(core: Core, name: string): Promise<TargetRecord> {
  const all = await core.records.targets.read();
  const record = ownValue(all, name);
  if (record !== undefined) return record;
  const near = nearest(name, Object.keys(all));
  throw appError('TARGET/ABSENT', {
    message: `There is no target named ${name}.`,
    remedy: near === undefined ? 'See: waybill target list.' : `Did you mean ${near}?`,
  });
}

/** Opens a saved target with its secrets. */
export async function openTarget(core: Core, name: string, signal: AbortSignal): Promise<TargetSession> {
  const record = await targetRecordOf(core, name);
  const target = targetOf(core, record.type);
  const options = parseOptions(target.options, record.options, 'TARGET/OPTION_INVALID');
  const secretOf = async (kind: SecretKind) => (record.secrets.includes(kind) ? readSecret(core, name, kind) : null);
  const secrets = { password: await secretOf('password'), passphrase: await secretOf('passphrase') };
  return target.open(options, secrets, { signal });
}

/** Opens a target, which looks at its root; writes nothing. */
export async function testTarget(core: Core, name: string, signal: AbortSignal): Promise<TargetSession['facts']> {
  await using session = await openTarget(core, name, signal);
  return session.facts;
}

async function pin(
  core: Core,
  { target, options, request }: { target: Target; options: Record<string, unknown>; request: NewTarget },
): Promise<Record<string, unknown>> {
  if (!target.traits.pinned || options['hostKey'] !== undefined) return options;
  try {
    await using session = await target.open(options, request.secrets, { signal: request.signal });
    return { ...options, hostKey: session.facts.hostKey };
  } catch (error) {
    const shown = isAppError(error, 'TARGET/HOST_KEY_UNKNOWN') ? error.context['hostKey'] : undefined;
    if (typeof shown !== 'string' || core.host.confirm === null) throw error;
    const question = `The server shows the host key ${shown}. Is it the one its operator gave you? [y/N] `;
    if (!(await core.host.confirm(question))) throw error;
    return { ...options, hostKey: shown };
  }
}

async function storeSecret(
  core: Core,
  { request, kind }: { request: NewTarget; kind: SecretKind },
): Promise<VaultBackendFacts | null> {
  const secret = request.secrets[kind];
  return secret === null ? null : (await core.vault()).set(secretName(request.name, kind), secret, request.store);
}

async function readSecret(core: Core, name: string, kind: SecretKind): Promise<SecretText> {
  const secret = await (await core.vault()).get(secretName(name, kind));
  if (secret !== null) return secret;
  throw appError('VAULT/SECRET_ABSENT', {
    message: `The vault holds no ${kind} for the target ${name}, although one was stored.`,
    remedy: 'Remove the target and add it again, or unlock the keychain it was stored in.',
    context: { target: name },
  });
}

function targetOf(core: Core, id: string): Target {
  const target = core.registries.targets.get(id);
  if (target !== undefined) return target;
  throw appError('TARGET/OPTION_INVALID', {
    message: `There is no kind of target named ${id}.`,
    remedy: `Known kinds: ${[...core.registries.targets.keys()].join(', ')}.`,
  });
}

/** As the record keeps them: JSON by the schema's own rules. */
function plainOptions(options: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(options)) as Record<string, unknown>;
}

function refuseBadName(name: string): void {
  if (RECORD_NAME.test(name)) return;
  throw appError('TARGET/OPTION_INVALID', {
    message: `"${name}" cannot be the name of a target.`,
    remedy: 'Use letters, digits, dots, dashes and underscores; at most 64.',
  });
}

function alreadyThere(name: string): Error {
  return appError('TARGET/EXISTS', {
    message: `There is already a target named ${name}.`,
    remedy: `Choose another name, or remove it first: waybill target remove ${name}.`,
  });
}

/** Changes are evidence once a ledger exists; a home without one gets its ledger with its first export. */
async function journal(
  core: Core,
  type: string,
  { name, record }: { name: string; record: TargetRecord },
): Promise<void> {
  if (((await core.store.read.list(core.home.ledgerFolder)) ?? []).length === 0) return;
  const { hostKey } = record.options;
  const ledger = await core.ledger();
  await ledger.append(type, {
    outcome: 'success',
    target: name,
    destination: { kind: record.type, hostKey: typeof hostKey === 'string' ? hostKey : null },
  });
}
