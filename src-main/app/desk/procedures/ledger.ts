import { bundleLedger } from '../../bundle-ledger.ts';
import { entryDetailOf } from '../../evidence/entry-detail.ts';
import { requireWholePath } from '../../evidence/require-whole-path.ts';
import { ledgerCheckpoint } from '../../ledger-entries.ts';
import { procedures, signalOf } from '../procedure.ts';

export const ledgerProcedures = {
  status: procedures.ledger.status.handler(async ({ context: { desk }, input, signal }) => {
    const wasBroken = desk.ledger.broken !== null;
    const status = await desk.ledger.status({ fresh: input.fresh ?? false, signal: signalOf(signal) });
    // The status bar reads checkpoints only; that the entries do not hold it learns from here.
    if ((status.state === 'broken') !== wasBroken) desk.changes.touch();
    return status;
  }),

  page: procedures.ledger.page.handler(async ({ context: { desk }, input }) =>
    (await desk.ledger.source()).index.page(input),
  ),

  facets: procedures.ledger.facets.handler(async ({ context: { desk } }) =>
    (await desk.ledger.source()).index.facets(),
  ),

  entry: procedures.ledger.entry.handler(async ({ context: { desk }, input }) =>
    entryDetailOf(await desk.ledger.source(), input.seq),
  ),

  checkpoint: procedures.ledger.checkpoint.handler(({ context: { desk } }) => ledgerCheckpoint(desk.verifier)),

  bundle: procedures.ledger.bundle.handler(async ({ context: { desk }, input, signal }) => {
    requireWholePath(input.out);
    const { out, withoutSql } = input;
    try {
      const made = await bundleLedger(desk.core, { out, withoutSql, signal: signalOf(signal) });
      return { path: made.bundle, entries: made.size, files: made.files, absent: [...made.absent] };
    } finally {
      // Handing the ledger out is an entry itself, and so is failing to.
      desk.changes.touch();
    }
  }),
};
