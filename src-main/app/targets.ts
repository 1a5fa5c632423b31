import { appError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import { nearest } from '../../src-shared/util/nearest.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import type { Target, TargetFacts, TargetSecrets, TargetSession } from '../ports/target.ts';
import type { Core } from './core.ts';
import { openNotingHostKey } from './host-key-entries.ts';
import { parseOptions } from './option-fields.ts';
import { pinnedTarget } from './pinned-target.ts';
import { probeTarget, type Probe } from './probe-target.ts';
import type { TargetRecord } from './records.ts';

export type SecretKind = keyof TargetSecrets;

/** Two kinds, so that no name of one target can be the secret of another. */
export const secretName = (target: string, kind: SecretKind): string =>
  kind === 'password' ? `target/${target}` : `target-${kind}/${target}`;

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
  return openNotingHostKey(core, pinnedTarget(name, record), () => target.open(options, secrets, { signal }));
}

/** Opens a target, which looks at its root, and tries there with a file of its own whether a delivery could write. */
export async function testTarget(core: Core, name: string, signal: AbortSignal): Promise<TargetFacts & Probe> {
  await using session = await openTarget(core, name, signal);
  if (session.facts.writable !== false) {
    const { left } = await probeTarget(session, name);
    return { ...session.facts, writable: true, left };
  }
  throw appError('TARGET/PERMISSION_DENIED', {
    message: `The target ${name} is there, but nothing may be written to ${session.facts.uri}.`,
    remedy: 'Have the rights of the target folder changed, or choose another one.',
    context: { target: name },
  });
}

async function readSecret(core: Core, name: string, kind: SecretKind): Promise<SecretText> {
  const secret = await (await core.vault()).get(secretName(name, kind));
  if (secret !== null) return secret;
  throw appError('VAULT/SECRET_ABSENT', {
    message: `The vault holds no ${kind} for the target ${name}, although one was stored.`,
    remedy: `Store it again: waybill target password ${name}.`,
    context: { target: name },
  });
}

/** The kind of target of an id. */
export function targetOf(core: Core, id: string): Target {
  const target = core.registries.targets.get(id);
  if (target !== undefined) return target;
  throw appError('TARGET/OPTION_INVALID', {
    message: `There is no kind of target named ${id}.`,
    remedy: `Known kinds: ${[...core.registries.targets.keys()].join(', ')}.`,
  });
}
