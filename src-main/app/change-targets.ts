import { appError, isAppError } from '../../src-shared/errors/app-error.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import type { Target, TargetSecrets } from '../ports/target.ts';
import type { VaultBackendFacts, VaultBackendId } from '../ports/vault.ts';
import { openJournal } from './change-journal.ts';
import type { Core } from './core.ts';
import { noteHostKeyAccepted, noteHostKeyChanged } from './host-key-entries.ts';
import { lockRecords } from './lock-records.ts';
import { parseOptions } from './option-fields.ts';
import { namedTarget, pinnedTarget } from './pinned-target.ts';
import { RECORD_NAME, type HostKeySource, type TargetRecord } from './records.ts';
import { openForRemoval, removeSecrets, type RemovedSecrets } from './remove-secrets.ts';
import { secretName, targetOf, targetRecordOf, type SecretKind } from './targets.ts';

export interface NewTarget {
  readonly name: string;
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly secrets: TargetSecrets;
  readonly store: VaultBackendId | undefined;
  readonly signal: AbortSignal;
  /** Log in before it is saved, also where the host key is given and nothing has to be asked of the server. */
  readonly logsIn?: boolean;
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
  const given = await requireNewTarget(core, request);
  const target = targetOf(core, request.type);
  const { options, acceptedBy } = await pin(core, { target, options: given, request });
  const journal = await openJournal(core);
  const kinds = kindsOf(request.secrets);
  // Opened before the lock is taken: it may have to wait for a person.
  if (kinds.length > 0) await (await core.vault()).backendFor(request.store);
  using _alone = await lockRecords(core, core.home.targets);
  requireFree(await core.records.targets.read(), request.name);
  const vault = await storeSecrets(core, request.name, request);
  const untold = acceptedBy === null ? {} : { hostKeyUntold: acceptedBy };
  const record: TargetRecord = { type: target.id, options, secrets: kinds, ...untold };
  await core.records.targets.update((all) => ({ ...all, [request.name]: record }));
  await journal('target.added', entryOf(request.name, record));
  await noteHostKeyAccepted(core, pinnedTarget(request.name, record));
  return { record, vault };
}

/** The options of a new target, or what is wrong with it, before anybody is asked for its secret. */
export async function requireNewTarget(
  core: Core,
  request: Pick<NewTarget, 'name' | 'type' | 'options'>,
): Promise<Record<string, unknown>> {
  const target = targetOf(core, request.type);
  refuseBadName(request.name);
  const given = parseOptions(target.options, request.options, 'TARGET/OPTION_INVALID');
  requireFree(await core.records.targets.read(), request.name);
  return plainOptions(given);
}

interface NewSecrets {
  readonly secrets: TargetSecrets;
  /** Default: where the old ones are. */
  readonly store: VaultBackendId | undefined;
}

/** The record of a target that takes a secret, or why it takes none. */
export async function requireSecretTarget(core: Core, name: string): Promise<TargetRecord> {
  const record = await targetRecordOf(core, name);
  if (targetOf(core, record.type).traits.network) return record;
  throw appError('TARGET/OPTION_INVALID', {
    message: `${name} is a folder of this machine and takes no secret.`,
    remedy: 'Leave it as it is; rights on a folder are given by the system.',
  });
}

/** Stores a secret of a saved target, the first one or another. */
export async function changeTargetSecrets(core: Core, name: string, given: NewSecrets): Promise<AddedTarget> {
  await requireSecretTarget(core, name);
  const journal = await openJournal(core);
  const kinds = kindsOf(given.secrets);
  const vault = await core.vault();
  const held = (await vault.list()).find((each) => kinds.some((kind) => each.name === secretName(name, kind)));
  await vault.backendFor(given.store ?? held?.backend);
  using _alone = await lockRecords(core, core.home.targets);
  const before = await targetRecordOf(core, name);
  const facts = await storeSecrets(core, name, given);
  const record = { ...before, secrets: [...new Set([...before.secrets, ...kinds])] };
  await core.records.targets.update((all) => ({ ...all, [name]: record }));
  await journal('target.changed', { ...entryOf(name, record), changed: kinds });
  return { record, vault: facts };
}

async function storeSecrets(
  core: Core,
  name: string,
  { secrets, store }: NewSecrets,
): Promise<VaultBackendFacts | null> {
  let facts: VaultBackendFacts | null = null;
  for (const kind of kindsOf(secrets)) {
    const secret = secrets[kind];
    if (secret !== null) facts = await (await core.vault()).set(secretName(name, kind), secret, store);
  }
  return facts;
}

function kindsOf(secrets: TargetSecrets): SecretKind[] {
  return (['password', 'passphrase'] as const).filter((kind) => secrets[kind] !== null);
}

export interface RemovedTarget extends RemovedSecrets {
  /** A secret was stored with it. */
  readonly hadSecret: boolean;
  /** The ledger says that it was removed, or there is none yet. */
  readonly recorded: boolean;
}

/**
 * Removes a target and its secrets, and makes sure that they are gone. With `forget` it goes even if the vault does not
 * open; what is left there is in the result.
 */
export async function removeTarget(
  core: Core,
  name: string,
  how: { readonly forget: boolean } = { forget: false },
): Promise<RemovedTarget> {
  const secretsOf = ({ secrets }: TargetRecord) => secrets.map((kind) => secretName(name, kind));
  const leaving = { what: `The target ${name}`, forget: how.forget };
  const journal = await openForRemoval(core, { ...leaving, secrets: secretsOf(await targetRecordOf(core, name)) });
  using _alone = await lockRecords(core, core.home.targets);
  const record = await targetRecordOf(core, name);
  const result = await removeSecrets(core, { ...leaving, secrets: secretsOf(record) });
  await core.records.targets.update((all) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== name)));
  await journal?.('target.removed', {
    ...entryOf(name, record),
    ...(result.left.length === 0 ? {} : { secretLeft: result.left }),
  });
  return { ...result, hadSecret: record.secrets.length > 0, recorded: journal !== null };
}

async function pin(
  core: Core,
  { target, options, request }: { target: Target; options: Record<string, unknown>; request: NewTarget },
): Promise<{ options: Record<string, unknown>; acceptedBy: HostKeySource | null }> {
  if (!target.traits.pinned) return { options, acceptedBy: null };
  const isGiven = options['hostKey'] !== undefined;
  if (isGiven && request.logsIn !== true) return { options, acceptedBy: 'option' };
  try {
    await using session = await target.open(options, request.secrets, { signal: request.signal });
    if (isGiven) return { options, acceptedBy: 'option' };
    return { options: { ...options, hostKey: session.facts.hostKey }, acceptedBy: 'known_hosts' };
  } catch (error) {
    await noteHostKeyChanged(core, namedTarget(request.name, target.id), error);
    const shown = isAppError(error, 'TARGET/HOST_KEY_UNKNOWN') ? error.context['hostKey'] : undefined;
    if (typeof shown !== 'string' || core.host.confirm === null) throw error;
    const question = `The server shows the host key ${shown}. Is it the one its operator gave you? [y/N] `;
    if (!(await core.host.confirm(question))) throw error;
    return { options: { ...options, hostKey: shown }, acceptedBy: 'person' };
  }
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

function requireFree(all: Readonly<Record<string, TargetRecord>>, name: string): void {
  if (ownValue(all, name) === undefined) return;
  throw appError('TARGET/EXISTS', {
    message: `There is already a target named ${name}.`,
    remedy: `Choose another name, or remove it first: waybill target remove ${name}.`,
  });
}

function entryOf(name: string, record: TargetRecord): Record<string, unknown> {
  const { hostKey } = record.options;
  return {
    target: name,
    destination: { kind: record.type, hostKey: typeof hostKey === 'string' ? hostKey : null },
  };
}
