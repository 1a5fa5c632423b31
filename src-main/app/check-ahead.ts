import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { Plan } from '../../src-shared/model/plan.ts';
import type { TableRead } from '../../src-shared/model/table-read.ts';
import type { CompileResult, PlannedRead } from '../engine/plan/compile-plan.ts';
import { FindingList } from '../engine/plan/finding-list.ts';
import type { ParsedPlan } from '../engine/plan/parse-plan.ts';
import type { PlanPath } from '../engine/plan/plan-document.ts';
import { withGrant } from '../engine/run/table-error.ts';
import type { Connector, Session } from '../ports/connector.ts';
import type { Core } from './core.ts';
import { grantAfter } from './missing-right.ts';
import { connectionKeyName, requireKeySecret } from './pseudonym-keys.ts';

export interface Ahead {
  readonly parsed: ParsedPlan;
  readonly connector: Connector;
  readonly session: Session;
  readonly signal: AbortSignal;
}

/** What would stop a run and no compilation can know: the server's word on each statement, and the key the plan names. */
export async function checkAhead(core: Core, result: CompileResult, ahead: Ahead): Promise<CompileResult> {
  const findings = new FindingList(ahead.parsed.document, result.findings);
  const { plan } = ahead.parsed;
  if (plan !== null && result.needsKey) await checkKeySecret(core, plan, findings);
  for (const planned of result.reads) await checkStatement(planned, ahead, findings);
  return { ...result, compiled: findings.hasErrors ? null : result.compiled, findings: findings.all() };
}

async function checkKeySecret(core: Core, { pseudonyms, connection }: Plan, findings: FindingList): Promise<void> {
  const named = pseudonyms?.key;
  const key = named ?? connectionKeyName(connection);
  const place = named === undefined ? ['connection'] : ['pseudonyms', 'key'];
  try {
    if (await requireKeySecret(core, key)) return;
    findings.warning('VAULT/LOCKED', place, {
      message: `Whether the pseudonym key ${key} is in the vault could not be looked at: the vault needs its passphrase.`,
      remedy: 'Check again with `--passphrase-file FILE` or WAYBILL_PASSPHRASE.',
    });
  } catch (error) {
    if (!isAppError(error, 'MASK/KEY_MISSING')) throw error;
    findings.thrown(error, place);
  }
}

async function checkStatement({ name, index, read }: PlannedRead, ahead: Ahead, findings: FindingList): Promise<void> {
  const error = await refusal(read, ahead);
  if (error === null) return;
  if (isAppError(error, 'SOURCE/TIMEOUT')) {
    const message = `${name} could not be checked: ${error.message}`;
    findings.warning(error.code, ['tables', index], { message, remedy: 'Check again later.', table: name });
    return;
  }
  const isOfThePlan = isAppError(error) && ['input', 'denied', 'absent', 'unsupported'].includes(error.kind);
  if (!isOfThePlan) throw error;
  const told = withGrant(error, read, await grantAfter(error, ahead));
  findings.thrown(told, ['tables', index, await culprit(read, ahead)], name);
}

/** The part without which the statement would be taken. */
async function culprit(read: TableRead, ahead: Ahead): Promise<PlanPath[number]> {
  const unordered = { ...read, orderBy: [] };
  if (read.orderBy.length > 0 && (await refusal(unordered, ahead)) === null) return 'orderBy';
  if (read.where !== null && (await refusal({ ...unordered, where: null }, ahead)) === null) return 'where';
  return read.source.kind === 'query' ? 'query' : 'table';
}

async function refusal(read: TableRead, { session, signal }: Ahead): Promise<unknown> {
  try {
    await session.check(read, signal);
    return null;
  } catch (error) {
    if (signal.aborted) throw error;
    return error;
  }
}
