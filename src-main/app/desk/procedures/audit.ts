import { entryDetailOf } from '../../evidence/entry-detail.ts';
import { procedures, signalOf } from '../procedure.ts';

export const auditProcedures = {
  open: procedures.audit.open.handler(({ context: { desk }, input, signal }) =>
    desk.audit.open({ path: input.path, key: input.key, signal: signalOf(signal) }),
  ),

  page: procedures.audit.page.handler(async ({ context: { desk }, input }) =>
    (await desk.audit.source(input.path)).index.page(input),
  ),

  facets: procedures.audit.facets.handler(async ({ context: { desk }, input }) =>
    (await desk.audit.source(input.path)).index.facets(),
  ),

  entry: procedures.audit.entry.handler(async ({ context: { desk }, input }) =>
    entryDetailOf(await desk.audit.source(input.path), input.seq),
  ),
};
