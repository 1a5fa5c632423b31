import { appProcedures } from './procedures/app.ts';
import { auditProcedures } from './procedures/audit.ts';
import { catalogProcedures } from './procedures/catalog.ts';
import { connectionProcedures } from './procedures/connections.ts';
import { ledgerProcedures } from './procedures/ledger.ts';
import { fileProcedures } from './procedures/files.ts';
import { keyProcedures } from './procedures/keys.ts';
import { secretProcedures } from './procedures/secrets.ts';
import { deliveryProcedures } from './procedures/deliveries.ts';
import { runProcedures } from './procedures/runs.ts';
import { targetProcedures } from './procedures/targets.ts';
import { planProcedures } from './procedures/plans.ts';
import { procedures } from './procedure.ts';

/** Every procedure of the contract with its handler; one that is missing does not compile. */
export const router = procedures.router({
  app: appProcedures,
  catalog: catalogProcedures,
  connections: connectionProcedures,
  ledger: ledgerProcedures,
  audit: auditProcedures,
  files: fileProcedures,
  keys: keyProcedures,
  secrets: secretProcedures,
  runs: runProcedures,
  targets: targetProcedures,
  deliveries: deliveryProcedures,
  plans: planProcedures,
});
