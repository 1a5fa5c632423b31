import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { TableRead } from '../../src-shared/model/table-read.ts';
import type { CompileResult, PlannedRead } from '../engine/plan/compile-plan.ts';
import { FindingList } from '../engine/plan/finding-list.ts';
import type { ParsedPlan } from '../engine/plan/parse-plan.ts';
import type { PlanPath } from '../engine/plan/plan-document.ts';
import type { Session } from '../ports/connector.ts';
import type { Core } from './core.ts';
import { requireKey } from './pseudonym-keys.ts';

export interface Ahead {
  readonly parsed: ParsedPlan;
  readonly session: Session;
  readonly signal: AbortSignal;
}

/** What would stop a run and no compilation can know: the server's word on each statement, and the key the plan names. */
export async function checkAhead(core: Core, result: CompileResult, ahead: Ahead): Promise<CompileResult> {
  const findings = new FindingList(ahead.parsed.document, result.findings);
  const key = ahead.parsed.plan?.pseudonyms?.key;
  if (key !== undefined && result.needsKey) await checkKey(core, key, findings);
  for (const planned of result.reads) await checkStatement(planned, ahead, findings);
  return { ...result, compiled: findings.hasErrors ? null : result.compiled, findings: findings.all() };
}

async function checkKey(core: Core, key: string, findings: FindingList): Promise<void> {
  try {
    await requireKey(core, key);
  } catch (error) {
    if (!isAppError(error, 'MASK/KEY_MISSING')) throw error;
    findings.thrown(error, ['pseudonyms', 'key']);
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
  findings.thrown(error, ['tables', index, await culprit(read, ahead)], name);
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
