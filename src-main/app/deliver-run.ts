import { toWireError } from '../../src-shared/errors/wire.ts';
import { isAppError } from '../../src-shared/errors/app-error.ts';
import { deliverPackage } from './deliver-package.ts';
import type { ExportContext } from './export-context.ts';
import type { RunDelivery, RunFacts } from './run-records.ts';
import type { TableResult } from '../engine/run/table-job.ts';
import type { Core } from './core.ts';
import { openTarget } from './targets.ts';

/**
 * Opens every target of a plan, so that a bad key or login is known before a row is read. The right to write is not asked
 * for: it may be given for a folder below the root alone.
 */
export async function probeTargets(core: Core, targets: readonly string[], signal: AbortSignal): Promise<void> {
  for (const target of new Set(targets)) await (await openTarget(core, target, signal))[Symbol.asyncDispose]();
}

/** The export as far as a delivery needs to know it. */
export interface FinishedExport {
  readonly state: RunFacts['state'];
  readonly package: string | null;
  readonly tables: readonly TableResult[];
}

/**
 * Delivers a finished package to every target of its plan, one after the other, and keeps in the run's record how each
 * ended. Never throws for a delivery: the package is whole whatever becomes of it. One that is not whole stays at home.
 */
export async function deliverRun(context: ExportContext, done: FinishedExport): Promise<readonly RunDelivery[]> {
  const { live, request } = context;
  const folder = mayLeave(done, request.requireProof) ? done.package : null;
  const state = folder === null ? 'skipped' : 'pending';
  let deliveries = request.compiled.deliver.map((wish): RunDelivery => ({ ...wish, state }));
  if (deliveries.length === 0) return [];
  await live.update({ deliveries });
  if (folder === null) return deliveries;
  for (const [index, wish] of deliveries.entries()) {
    request.onStage({ type: 'delivering', target: wish.target, path: wish.path });
    const delivery = await deliverOne(context, { folder, wish });
    request.onStage({ type: 'delivered', delivery });
    deliveries = deliveries.with(index, delivery);
    await live.update({ deliveries });
  }
  return deliveries;
}

function mayLeave({ state, tables }: FinishedExport, requireProof: boolean): boolean {
  return state === 'succeeded' && !(requireProof && tables.some(({ verdict }) => verdict === 'unproven'));
}

async function deliverOne(
  { core, request }: ExportContext,
  { folder, wish }: { folder: string; wish: RunDelivery },
): Promise<RunDelivery> {
  const { target, path } = wish;
  const began = core.clock.monotonicMs();
  try {
    const { uri, already, files } = await deliverPackage(core, {
      ...{ folder, target, path, incomplete: false },
      ...{ signal: request.signal, onEvent: request.onDelivery },
    });
    const volume = {
      files: files.length,
      bytes: files.reduce((bytes, file) => bytes + file.bytes, 0),
      elapsedMs: Math.round(core.clock.monotonicMs() - began),
    };
    return { target, path, state: already ? 'confirmed' : 'sent', uri, volume };
  } catch (error) {
    const unknown = isAppError(error, 'TARGET/OUTCOME_UNKNOWN');
    return { target, path, state: unknown ? 'indeterminate' : 'failed', error: toWireError(error) };
  }
}
