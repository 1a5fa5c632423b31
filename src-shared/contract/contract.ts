import type { ContractRouterClient } from '@orpc/contract';
import { app } from './app.ts';
import { catalog, connections } from './connections.ts';
import { audit, ledger } from './evidence.ts';
import { files } from './files.ts';
import { keys, secrets } from './secrets.ts';
import { runs } from './runs.ts';
import { deliveries, targets } from './targets.ts';
import { plans } from './plans.ts';

/**
 * All that a user interface can ask of the core. The same over a `MessagePort` and a WebSocket. Every failure is a
 * {@link WireError} in the error's data; a call on a closed channel rejects at once; aborting a call's signal cancels the
 * work behind it, also on the database's server.
 */
export const contract = {
  app,
  connections,
  catalog,
  ledger,
  audit,
  files,
  keys,
  secrets,
  runs,
  targets,
  deliveries,
  plans,
};

/** The core as a page sees it. */
export type CoreClient = ContractRouterClient<typeof contract>;
