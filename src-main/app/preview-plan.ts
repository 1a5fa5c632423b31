import { describeType } from '../../src-shared/model/logical-type.ts';
import { previewTable, type PreviewRows } from '../engine/run/preview-table.ts';
import { errorOfTable } from '../engine/run/table-error.ts';
import type { TableJob } from '../engine/run/table-job.ts';
import { compiledPlanDigest } from '../engine/plan/compiled-plan-digest.ts';
import type { CompiledPlan } from '../../src-shared/model/compiled-plan.ts';
import { bindJobs } from './bind-jobs.ts';
import type { Core } from './core.ts';
import { chooseTable } from './choose-table.ts';
import { grantAfter } from './missing-right.ts';
import { requireCompiled, type OpenPlan } from './open-plan.ts';

export interface PreviewPlanRequest {
  readonly open: OpenPlan;
  /** Name of one table; all when absent. */
  readonly table: string | undefined;
  readonly rows: number;
  readonly originals: boolean;
  /** Whether the ledger knows already that this table is looked at so. Default: it does not. */
  readonly isRecorded?: (table: string) => boolean;
  readonly signal: AbortSignal;
}

export interface TablePreview extends PreviewRows {
  readonly name: string;
  readonly table: readonly [string, string];
  readonly columns: readonly { readonly name: string; readonly type: string; readonly mask: string | null }[];
}

/** First rows of each table as they will be written. That somebody looked is in the ledger before anything is shown. */
export async function previewPlan(core: Core, request: PreviewPlanRequest): Promise<readonly TablePreview[]> {
  const compiled = requireCompiled(request.open);
  const bound = await bindJobs(core, { compiled, connector: request.open.connection.connector });
  const previews: TablePreview[] = [];
  for (const job of chooseTable(bound.jobs, request.table)) {
    if (request.isRecorded?.(job.name) !== true) {
      await recordPreview(core, { compiled, table: job.name, rows: request.rows, originals: request.originals });
    }
    const shown = await previewJob(job, request, compiled.limits.cellBytes);
    const masks = compiled.tables.find((table) => table.name === job.name)?.masks ?? [];
    const columns = job.outputSchema.columns.map((column, index) => ({
      name: column.name,
      type: describeType(column.type),
      mask: masks[index]?.id ?? null,
    }));
    previews.push({ name: job.name, table: job.table, columns, ...shown });
  }
  return previews;
}

export interface PreviewEntry {
  readonly compiled: CompiledPlan;
  readonly table: string;
  readonly rows: number;
  readonly originals: boolean;
}

/** That somebody looks at rows of a table, before anything is shown. */
export async function recordPreview(core: Core, { compiled, table, rows, originals }: PreviewEntry): Promise<void> {
  const ledger = await core.ledger();
  await ledger.append('data.previewed', {
    outcome: 'success',
    plan: { name: compiled.name, digest: compiledPlanDigest(compiled) },
    table,
    rows,
    originals,
  });
}

async function previewJob(job: TableJob, request: PreviewPlanRequest, cellBytes: number): Promise<PreviewRows> {
  const { rows, originals, signal } = request;
  const { connection } = request.open;
  try {
    return await previewTable(job, { session: connection.session, rows, originals, cellBytes, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw errorOfTable(error, job, await grantAfter(error, { ...connection, signal }));
  }
}
