import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { appError } from '../../../../src-shared/errors/app-error.ts';
import type { CompiledPlan, CompiledTable } from '../../../../src-shared/model/compiled-plan.ts';
import { PLAN_MAX_BYTES } from '../../../../src-shared/model/plan.ts';
import { counted } from '../../../../src-shared/util/format-number.ts';
import { utf8 } from '../../../../src-shared/util/utf8.ts';
import { compiledPlanDigest } from '../../../engine/plan/compiled-plan-digest.ts';
import type { Core } from '../../core.ts';
import { requireWholePath } from '../../evidence/require-whole-path.ts';
import { openPlan, requireCompiled, type OpenPlan } from '../../open-plan.ts';
import { readRun, type RunFacts } from '../../run-records.ts';
import { warningsOf } from '../../run-plan.ts';
import { requirePlanPath } from '../plan-files.ts';
import { seenDigest } from '../seen-digest.ts';
import { packageFolderOf, type LiveRunRequest } from './live-run.ts';
import { compiledOf } from './stored-run.ts';

export interface StartRequest {
  readonly path: string;
  /** Digest of the text that was reviewed. */
  readonly base: string;
  readonly folder: string;
  readonly confirm: string | undefined;
  readonly acceptCatalog: boolean;
  /** What the review told, by its digest. */
  readonly seen: string;
}

export interface RepeatRequest {
  readonly run: string;
  readonly failedOnly: boolean;
  readonly confirm: string | undefined;
}

/** Opens a plan file that was reviewed: what runs is the text that a person saw. */
export async function openForRun(core: Core, request: StartRequest, signal: AbortSignal): Promise<LiveRunRequest> {
  const { path, base, folder, confirm, acceptCatalog, seen } = request;
  requirePlanPath(path);
  requireWholePath(folder);
  const bytes = await core.store.read.file(path, PLAN_MAX_BYTES);
  // Another text is refused before it is connected to what it names.
  if (bytes !== null) requireBase(bytes, { base, path });
  const open = await openPlan(core, {
    path,
    params: {},
    only: [],
    accept: acceptCatalog ? 'unsigned' : 'none',
    signal,
  });
  return checked(open, () => {
    requireBase(utf8(open.text), { base, path });
    requireCompiled(open);
    if (seenDigest(open.result) !== seen) throw unseen(open);
    return { open, folder, confirm, acceptedCatalog: acceptCatalog };
  });
}

/**
 * Opens the stored plan of a run, so that it reads the very same again, of all its tables or of those that failed. What was
 * accepted for that run is accepted for this one, and nothing else is.
 */
export async function openToRepeat(core: Core, request: RepeatRequest, signal: AbortSignal): Promise<LiveRunRequest> {
  const facts = await readRun(core, request.run);
  const before = await compiledOf(core, request.run);
  if (before === null) throw gone(facts);
  const wanted = request.failedOnly ? failedOf(facts, before) : before.tables;
  const path = join(core.home.runFolder(request.run), 'plan.yaml');
  const only = wanted.map(({ name }) => name);
  const accepted = facts.accepted ?? { catalog: false, warnings: [] };
  const accept = accepted.catalog ? 'unsigned' : 'none';
  const open = await openPlan(core, {
    path,
    planPath: facts.planPath ?? null,
    params: paramsOf(before),
    only,
    accept,
    signal,
  });
  return checked(open, () => {
    const compiled = requireCompiled(open);
    // The catalog's digest speaks of the tables chosen; what is read of them is compared in full.
    const same = { ...wholeOf(before), tables: wanted, catalog: compiled.catalog };
    if (compiledPlanDigest(same) !== compiledPlanDigest(wholeOf(compiled))) throw stale(facts);
    // Accepted again is the catalog of that run and no other; what a plan has signed off was compared when it was opened.
    const catalog = accepted.catalog ? before.catalog : compiled.catalog;
    requireAccepted(open, { facts, catalog, warnings: accepted.warnings });
    return {
      ...{ open, confirm: request.confirm, acceptedCatalog: accepted.catalog },
      folder: packageFolderOf(facts.folder),
    };
  });
}

/** Without how many tables the plan has in all: either run may have been asked for some of them. */
function wholeOf({ planTables: _all, ...plan }: CompiledPlan): CompiledPlan {
  return plan;
}

/** A plan that is not run after all is closed again. */
async function checked(open: OpenPlan, check: () => LiveRunRequest): Promise<LiveRunRequest> {
  try {
    return check();
  } catch (error) {
    await open[Symbol.asyncDispose]();
    throw error;
  }
}

function requireBase(bytes: Uint8Array, { base, path }: { readonly base: string; readonly path: string }): void {
  if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` === base) return;
  throw appError('PLAN/CHANGED_OUTSIDE', {
    message: `${path} was changed after it was reviewed. Nothing was read.`,
    remedy: 'Look at the change, then start the run again.',
    context: { path },
  });
}

/** A start accepts what the review told, so nothing else may be recorded as accepted. */
function unseen({ shownAs }: OpenPlan): Error {
  return appError('PLAN/STALE', {
    message: `The catalog, or what ${shownAs} is warned of, is no longer what was reviewed. Nothing was read.`,
    remedy: 'Look at what is new in the review, then start the run again.',
    context: { path: shownAs },
  });
}

/** A repetition shows no review, so it accepts no catalog and no warning but those of that run. */
function requireAccepted(
  open: OpenPlan,
  { facts, catalog, warnings }: { facts: RunFacts; catalog: string; warnings: readonly string[] },
): void {
  if (requireCompiled(open).catalog !== catalog) throw stale(facts);
  const [first, ...rest] = warningsOf(open).filter((message) => !warnings.includes(message));
  if (first === undefined) return;
  const more = rest.length === 0 ? '' : ` And ${counted(rest.length, 'more warning')}.`;
  throw appError('PLAN/STALE', {
    message: `The plan ${facts.plan} is warned of something that was not accepted for that run: ${first}${more} Nothing was read.`,
    remedy: 'Open the plan, look at the warning in its review and run it from there.',
    context: { run: facts.run },
  });
}

/** Tables without a whole file: those that failed, and those that the run never came to. */
function failedOf({ run, report }: RunFacts, before: CompiledPlan): readonly CompiledTable[] {
  const results = (report as { tables?: readonly { name: string; verdict: string }[] } | undefined)?.tables ?? []; // written by execute-export
  const whole = new Set(results.filter(({ verdict }) => verdict !== 'incomplete').map(({ name }) => name));
  const failed = before.tables.filter(({ name }) => !whole.has(name));
  if (failed.length > 0) return failed;
  throw appError('PLAN/SELECTION_EMPTY', {
    message: `No table of the run ${run} failed.`,
    remedy: 'Run all of it again.',
  });
}

const paramsOf = ({ params }: CompiledPlan): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));

function stale({ plan }: RunFacts): Error {
  return appError('PLAN/STALE', {
    message: `The plan ${plan} would read or write something else today than it did in that run.`,
    remedy: 'Tables, targets or masks have changed since. Open the plan, review it and run it from there.',
  });
}

function gone({ run }: RunFacts): Error {
  return appError('RUN/ABSENT', {
    message: `The plan that the run ${run} ran is not kept any more.`,
    remedy: 'Run its plan file instead.',
  });
}
