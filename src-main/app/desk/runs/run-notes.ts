import { join } from 'node:path';
import { z } from 'zod';
import { runEvent } from '../../../../src-shared/contract/runs.ts';
import { fromUtf8, utf8 } from '../../../../src-shared/util/utf8.ts';
import type { Core } from '../../core.ts';
import { logFailure } from '../../log-failure.ts';

const FILE = 'screen.json';
const MAX_BYTES = 16 * 1024 * 1024;

const runNotes = z.object({
  planPath: z.string().nullable(),
  snapshot: z.string().nullable(),
  /** Ledger entry of its start. */
  startSeq: z.number().nullable(),
  warnings: z.array(z.string()),
  masked: z.number(),
  production: z.boolean(),
  events: z.array(runEvent),
  throughput: z.object({ from: z.number(), values: z.array(z.number()) }),
});
/** What a screen showed of a run besides its record. No evidence: nothing vouches for it. */
export type RunNotes = z.infer<typeof runNotes>;

/** Keeps them beside the record. A run does not fail for them. */
export async function keepNotes(core: Core, run: string, notes: RunNotes): Promise<void> {
  try {
    await core.store.replace(join(core.home.runFolder(run), FILE), utf8(`${JSON.stringify(notes)}\n`));
  } catch (error) {
    logFailure(core, 'run', error);
  }
}

/** null: it ran elsewhere, or they cannot be read. */
export async function readNotes(core: Core, run: string): Promise<RunNotes | null> {
  try {
    const bytes = await core.store.read.file(join(core.home.runFolder(run), FILE), MAX_BYTES);
    return bytes === null ? null : runNotes.parse(JSON.parse(fromUtf8(bytes) ?? ''));
  } catch (error) {
    logFailure(core, 'run', error);
    return null;
  }
}
