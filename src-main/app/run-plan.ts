import { appError } from '../../src-shared/errors/app-error.ts';
import { counted } from '../../src-shared/util/format-number.ts';
import type { Pause } from '../engine/run/pause.ts';
import type { RunEvent } from '../engine/run/table-job.ts';
import { compiledPlanDigest } from '../engine/plan/compiled-plan-digest.ts';
import { bindJobs } from './bind-jobs.ts';
import type { Core } from './core.ts';
import { probeTargets } from './deliver-run.ts';
import { partsInAll } from './kept-parts.ts';
import type { DeliveryEvent } from './send-files.ts';
import { executeExport } from './execute-export.ts';
import type { ExportResult } from './export-result.ts';
import type { ExportRequest } from './export-context.ts';
import { keepShape, requireCompiled, type OpenPlan } from './open-plan.ts';
import { pauseOf } from './pause-of.ts';
import type { RunStage } from './run-stage.ts';

export interface RunPlanRequest {
  readonly open: OpenPlan;
  /** Absolute folder the package appears in. */
  readonly out: string;
  /** What was typed to confirm a production connection. */
  readonly confirm: string | undefined;
  readonly acceptedCatalog: boolean;
  /** A package that cannot be proven complete is not delivered. Default: it is. */
  readonly requireProof?: boolean;
  /** The run that is gone on with, and what is kept of it. Default: it is a run of its own. */
  readonly resumes?: ExportRequest['resumes'];
  readonly signal: AbortSignal;
  /** What it is paused by; absent: nobody can. */
  readonly pause?: Pause;
  readonly onEvent: (event: RunEvent) => void;
  readonly onDelivery?: (event: DeliveryEvent) => void;
  readonly onStage?: (stage: RunStage) => void;
}

/** Runs an open plan. A production connection wants its name typed first. */
export async function runPlan(core: Core, request: RunPlanRequest): Promise<ExportResult> {
  const { open } = request;
  const compiled = requireCompiled(open);
  confirmProduction(open, request.confirm);
  await probeTargets(
    core,
    compiled.deliver.map(({ target }) => target),
    request.signal,
  );
  const catalog = open.result.catalog;
  if (request.acceptedCatalog && catalog !== null) await keepShape(core, catalog.shape);
  const bound = await bindJobs(core, { compiled, connector: open.connection.connector });
  const pause = request.pause ?? pauseOf(core, open);
  using _over = { [Symbol.dispose]: () => pause.close() };
  return await executeExport(core, {
    compiled,
    planDigest: compiledPlanDigest(compiled),
    planText: open.text,
    planPath: open.planPath,
    inputs: open.inputs,
    resumes: request.resumes ?? null,
    bound,
    connection: open.connection,
    out: request.out,
    consents: [
      ...twoSnapshots(request.resumes ?? null, compiled.tables.length),
      ...consentsOf(open, { acceptedCatalog: request.acceptedCatalog }),
    ].slice(0, 40),
    accepted: { catalog: request.acceptedCatalog, warnings: [...warningsOf(open)] },
    signal: request.signal,
    pause,
    onEvent: request.onEvent,
    requireProof: request.requireProof ?? false,
    onDelivery: request.onDelivery ?? (() => undefined),
    onStage: request.onStage ?? (() => undefined),
  });
}

function twoSnapshots(resumes: ExportRequest['resumes'], tables: number): readonly string[] {
  if (resumes === null) return [];
  const kept = resumes.kept.length;
  const from = `from an earlier snapshot, of run ${resumes.run}`;
  return [
    ...(kept === 0 || kept === tables ? [] : [`${kept} of ${tables} tables ${from}`]),
    ...resumes.parts.map((found) => {
      const [count, of] = [found.parts.length, partsInAll(found)];
      return `${of === null ? counted(count, 'part') : `${count} of ${of} parts`} of ${found.table} ${from}`;
    }),
  ];
}

/** What a person lets pass by starting a run, in words. */
export function consentsOf(open: OpenPlan, { acceptedCatalog }: { acceptedCatalog: boolean }): readonly string[] {
  return [
    ...(acceptedCatalog ? [`catalog ${requireCompiled(open).catalog} accepted at the run`] : []),
    ...warningsOf(open),
  ];
}

/** What whoever starts a run of the plan is warned of. */
export function warningsOf({ result }: OpenPlan): readonly string[] {
  return result.findings.filter(({ severity }) => severity === 'warning').map(({ message }) => message);
}

function confirmProduction(open: OpenPlan, confirm: string | undefined): void {
  const { name, record } = open.connection;
  if (!record.production || confirm === name) return;
  throw appError('CONNECTION/NOT_CONFIRMED', {
    message: `${name} is a production connection${confirm === undefined ? '' : `, and "${confirm}" is not its name`}.`,
    remedy: `Add --confirm ${name} to say that you mean it.`,
    context: { connection: name },
  });
}
