import type { PreviewState, SampleState } from '../../../src-shared/contract/plans.ts';
import { bindJobs } from '../bind-jobs.ts';
import { chooseTable } from '../choose-table.ts';
import { countPlan, type TableCount } from '../count-plan.ts';
import { requireCompiled } from '../open-plan.ts';
import { previewPlan, recordPreview } from '../preview-plan.ts';
import { sampleTable } from '../../engine/run/sample-table.ts';
import { fileExtension, filePath } from '../../engine/run/file-path.ts';
import { compileDraft, onOpenDraft } from './compile-draft.ts';
import type { Desk } from './desk.ts';
import type { Opening } from './plan-openings.ts';
import { valueKind } from './value-kind.ts';

/** A cell may be as long as a film; nobody reads so far on a screen. */
const SAMPLE_BYTES = 256 * 1024;

interface OfTable {
  readonly path: string;
  /** Name of the table in the plan. */
  readonly table: string;
  readonly rows: number;
}

/** Counts tables of a plan, exactly where asked; aborting the signal ends the count on the server too. */
export async function countDraft(
  desk: Desk,
  { path, tables, exact }: { readonly path: string; readonly tables: readonly string[]; readonly exact: boolean },
  signal: AbortSignal,
): Promise<readonly TableCount[]> {
  const draft = await compileDraft(desk, path, { accept: 'any', only: tables, signal });
  return onOpenDraft(desk, { draft, signal }, (open) => countPlan(open, { exact, signal }));
}

/**
 * First rows of a table as they will be written. The ledger hears of it once for each opening of the plan, and each time
 * that originals are switched on: a person who types sees the rows anew with every key.
 */
export async function previewDraft(
  desk: Desk,
  { path, table, rows, originals }: OfTable & { readonly originals: boolean },
  signal: AbortSignal,
): Promise<PreviewState> {
  const draft = await compileDraft(desk, path, { accept: 'any', only: [table], signal });
  const opening = desk.openings.of(draft.file.path, draft.file);
  if (!originals) opening.originals.delete(table);
  const seen = originals ? opening.originals : opening.masked;
  const started = desk.core.clock.monotonicMs();
  const [shown] = await onOpenDraft(desk, { draft, signal }, (open) =>
    previewPlan(desk.core, { open, table, rows, originals, isRecorded: (name) => seen.has(name), signal }),
  );
  if (!seen.has(table)) desk.changes.touch();
  seen.add(table);
  const compiled = draft.result.compiled?.tables.find(({ name }) => name === table);
  return {
    name: table,
    table: [...(shown?.table ?? ['', table])],
    columns: (shown?.columns ?? []).map((column, index) => {
      const type = compiled?.outputColumns[index]?.type;
      return { ...column, kind: type === undefined ? 'other' : valueKind(type) };
    }),
    rows: shown?.rows ?? [],
    ...(shown?.originals === undefined ? {} : { originals: shown.originals }),
    elapsedMs: desk.core.clock.monotonicMs() - started,
  };
}

/** The first lines of a table's file, as they will be written. */
export async function sampleDraft(
  desk: Desk,
  { path, table, rows }: OfTable,
  signal: AbortSignal,
): Promise<SampleState> {
  const draft = await compileDraft(desk, path, { accept: 'any', only: [table], signal });
  const opening = desk.openings.of(draft.file.path, draft.file);
  return onOpenDraft(desk, { draft, signal }, async (open) => {
    const compiled = requireCompiled(open);
    const bound = await bindJobs(desk.core, { compiled, connector: open.connection.connector });
    const [job] = chooseTable(bound.jobs, table);
    const { format, options, context } = bound.format;
    const { encoding } = format.describe(options, context);
    if (job === undefined) return { file: '', text: '', encoding, cut: false };
    await recordOnce(desk, opening, { compiled, table, rows, originals: false });
    const { session } = open.connection;
    const { cellBytes } = compiled.limits;
    const bytes = await sampleTable(job, { session, format: bound.format, rows, cellBytes, signal });
    return {
      file: filePath(job.stem, fileExtension(format, compiled.compress), compiled.chunk === undefined ? null : 1),
      text: decoded(bytes.subarray(0, SAMPLE_BYTES), encoding),
      encoding,
      cut: bytes.length > SAMPLE_BYTES,
    };
  });
}

async function recordOnce(desk: Desk, opening: Opening, entry: Parameters<typeof recordPreview>[1]): Promise<void> {
  if (opening.masked.has(entry.table)) return;
  await recordPreview(desk.core, entry);
  opening.masked.add(entry.table);
  desk.changes.touch();
}

/** For the screen: every character of the file, its byte order mark too; one that is cut in two at the end is left out. */
function decoded(bytes: Uint8Array, encoding: string): string {
  const how = { ignoreBOM: true };
  try {
    return new TextDecoder(encoding, how).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('utf-8', how).decode(bytes, { stream: true });
  }
}
