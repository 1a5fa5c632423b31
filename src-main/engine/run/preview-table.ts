import { cellText, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { Session } from '../../ports/connector.ts';
import { joinFragments } from './join-fragments.ts';
import { maskBatch } from './mask-batches.ts';
import type { TableJob } from './table-job.ts';

export interface PreviewRows {
  readonly rows: (string | null)[][];
  readonly originals?: (string | null)[][];
}

export interface PreviewRequest {
  readonly session: Session;
  readonly rows: number;
  readonly originals: boolean;
  readonly cellBytes: number;
  readonly signal: AbortSignal;
}

/** The first rows of a table through the same reading and masking as the run; the limit is in the SQL. */
export async function previewTable(job: TableJob, request: PreviewRequest): Promise<PreviewRows> {
  const limit = Math.min(request.rows, job.read.limit ?? request.rows);
  const batches = request.session.preview({ ...job.read, limit }, request.signal);
  const rows: (string | null)[][] = [];
  const originals: (string | null)[][] = [];
  for await (const batch of joinFragments(batches, { cellBytes: request.cellBytes, table: job.name })) {
    if (request.originals) originals.push(...textOf(batch));
    maskBatch(batch, job.masks);
    rows.push(...textOf(batch));
    batch.release();
  }
  return request.originals ? { rows, originals } : { rows };
}

function textOf(batch: RowBatch): (string | null)[][] {
  const width = batch.schema.columns.length;
  return Array.from({ length: batch.rows }, (_, row) =>
    Array.from({ length: width }, (_, column) => cellText(batch, row * width + column)),
  );
}
