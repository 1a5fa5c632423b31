import { setTimeout as wait } from 'node:timers/promises';
import type { PlanFileNow } from '../../../../src-shared/contract/plans.ts';
import { acceptDraft, editDraft, writeDraft } from '../edit-draft.ts';
import { compileDraft } from '../compile-draft.ts';
import { compiledParts } from '../compiled-parts.ts';
import type { Desk } from '../desk.ts';
import { draftColumns } from '../draft-facts.ts';
import { formatOfDraft } from '../format-of-draft.ts';
import { latest } from '../latest.ts';
import { countDraft, previewDraft, sampleDraft } from '../look-at-draft.ts';
import { planStateOf, readPlanText } from '../plan-files.ts';
import { createPlan, forgetPlan, keepPlan, listPlans, openDraft, savePlanAs } from '../plan-list.ts';
import { procedures, signalOf } from '../procedure.ts';
import { destinationOf } from '../run-destination.ts';
import { reviewDraft } from '../review-draft.ts';
import { watchFile } from '../watch-file.ts';

const WATCH_EVERY_MS = 100;
const GONE_FOR_MS = 500;

const { plans } = procedures;

export const planProcedures = {
  list: plans.list.handler(({ context: { desk } }) => listPlans(desk)),
  forget: plans.forget.handler(({ context: { desk }, input }) => forgetPlan(desk, input.path)),
  create: plans.create.handler(({ context: { desk }, input, signal }) => createPlan(desk, input, signalOf(signal))),
  open: plans.open.handler(({ context: { desk }, input }) => openDraft(desk, input.path)),
  keep: plans.keep.handler(({ context: { desk }, input }) => keepPlan(desk, input)),
  edit: plans.edit.handler(({ context: { desk }, input, signal }) => editDraft(desk, input, signalOf(signal))),
  write: plans.write.handler(({ context: { desk }, input }) => writeDraft(desk, input)),
  saveAs: plans.saveAs.handler(({ context: { desk }, input }) => savePlanAs(desk, input)),
  watch: plans.watch.handler(({ context: { desk }, input, signal }) => watchPlan(desk, input.path, signal)),
  accept: plans.accept.handler(({ context: { desk }, input, signal }) => acceptDraft(desk, input, signalOf(signal))),

  compile: plans.compile.handler(({ context: { desk }, input, signal }) =>
    compiledParts(desk, input, signalOf(signal)),
  ),

  columns: plans.columns.handler(async ({ context: { desk }, input, signal }) =>
    draftColumns(await compileDraft(desk, input.path, { accept: 'none', signal: signalOf(signal) }), {
      tables: input.tables,
      telling: input.telling,
      limit: input.limit,
    }),
  ),

  count: plans.count.handler(async ({ context: { desk }, input, signal }) => {
    const counts = await countDraft(desk, { ...input, tables: input.tables ?? [] }, signalOf(signal));
    return counts.map((count) => ({ ...count, table: [...count.table] as [string, string] }));
  }),

  preview: plans.preview.handler(({ context: { desk }, input, signal }) => previewDraft(desk, input, signalOf(signal))),
  sample: plans.sample.handler(({ context: { desk }, input, signal }) => sampleDraft(desk, input, signalOf(signal))),
  format: plans.format.handler(({ context: { desk }, input, signal }) =>
    formatOfDraft(desk, input.path, signalOf(signal)),
  ),
  review: plans.review.handler(({ context: { desk }, input, signal }) =>
    reviewDraft(desk, input.path, signalOf(signal)),
  ),
  destination: plans.destination.handler(({ context: { desk }, input }) => destinationOf(desk, input)),
};

function watchPlan(desk: Desk, path: string, signal: AbortSignal | undefined): AsyncGenerator<PlanFileNow, void> {
  const read = async (): Promise<PlanFileNow> => {
    const file = await readPlanText(desk.core, path);
    return { ...planStateOf(file), writtenHere: desk.openings.hasWritten(file.path, file.digest) };
  };
  const source = {
    // Some editors take the old file away before the new one is there.
    read: () => read().catch(() => wait(GONE_FOR_MS).then(read)),
    subscribe: (changed: () => void) => watchFile(path, changed),
  };
  return latest(source, { intervalMs: WATCH_EVERY_MS, signal });
}
