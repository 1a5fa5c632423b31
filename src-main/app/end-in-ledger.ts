import { dirname, join } from 'node:path';
import { z } from 'zod';
import { openLedgerReader } from '../ledger/read-ledger.ts';
import type { Core } from './core.ts';
import { RUN_STATES, type RunFacts } from './run-records.ts';

/** What `export.completed`, `.failed` and `.cancelled` say of a run's end (export-entries.ts). */
const endOfRun = z.object({
  correlation: z.string(),
  state: z.enum(RUN_STATES),
  destination: z.object({ name: z.string().nullable() }),
  manifest: z.object({ leaf: z.number() }).nullish(),
});

/** What `export.interrupted` says (open-home-ledger.ts). */
const interruption = z.object({ correlation: z.string() });

/**
 * How a run ended, when the ledger says so; null: it does not. Whoever wrote the entry may have died before the run's
 * record said the same: the run's own process, and the later one that found it interrupted.
 */
export async function endInLedger(core: Core, { run, folder }: RunFacts): Promise<Partial<RunFacts> | null> {
  const { ledgerFolder, keysFolder } = core.home;
  const reader = await openLedgerReader({ reader: core.store.read, ledgerFolder, keysFolder });
  for await (const { entry, seq } of reader.entries()) {
    if (entry.kind !== 'event') continue;
    if (entry.type === 'export.interrupted') {
      if (interruption.safeParse(entry.data).data?.correlation !== run) continue;
      return { state: 'interrupted', ended: entry.time, ledger: { seq, size: seq + 1 } };
    }
    const end = endOfRun.safeParse(entry.data);
    if (!end.success || end.data.correlation !== run) continue;
    const { state, destination, manifest } = end.data;
    // The package lies beside the hidden folder that it was written in.
    const place = destination.name === null ? null : join(dirname(folder), destination.name);
    return {
      ...{ state, ended: entry.time, package: place, ledger: { seq: manifest?.leaf ?? seq, size: seq + 1 } },
      ...(place === null ? {} : { folder: place }),
    };
  }
  return null;
}
