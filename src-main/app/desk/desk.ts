import type { Core } from '../core.ts';
import { AuditView } from '../evidence/audit-view.ts';
import { LedgerView } from '../evidence/ledger-view.ts';
import type { Verifier } from '../trusted-keys.ts';
import { CatalogCache } from './catalog-cache.ts';
import { Changes } from './changes.ts';
import { DeliveryJobs } from './delivery-jobs.ts';
import { LiveRuns } from './runs/live-runs.ts';
import { PlanOpenings } from './plan-openings.ts';
import { SessionPool } from './session-pool.ts';
import type { SettingsFile } from './settings-file.ts';

/** What a graphical host can do for a person besides drawing pages. */
export interface DeskHost {
  /** Shows a folder in the system's file manager and says whether that worked; null where the host cannot. */
  readonly reveal: ((path: string) => Promise<boolean>) | null;
  /** Absolute folder for plans and packages unless another one is chosen. */
  readonly documents: string;
}

/** What lives while a window is open: the core, and what screens share. One for each process, however many windows. */
export interface Desk {
  readonly core: Core;
  readonly verifier: Verifier;
  readonly host: DeskHost;
  readonly settings: SettingsFile;
  /** The home that a command line finds without being told. */
  readonly isUsualHome: boolean;
  readonly changes: Changes;
  readonly catalogs: CatalogCache;
  readonly ledger: LedgerView;
  readonly audit: AuditView;
  readonly runs: LiveRuns;
  readonly deliveries: DeliveryJobs;
  /** Sessions kept warm for counts and previews. */
  readonly sessions: SessionPool;
  /** Plans that are being edited. */
  readonly openings: PlanOpenings;
}

export function createDesk(parts: Pick<Desk, 'core' | 'verifier' | 'host' | 'settings' | 'isUsualHome'>): Desk {
  const changes = new Changes();
  const { core, verifier } = parts;
  return {
    ...{ ...parts, changes, catalogs: new CatalogCache(core) },
    ledger: new LedgerView(core),
    audit: new AuditView(verifier, core.clock),
    runs: new LiveRuns(core, changes),
    deliveries: new DeliveryJobs(core, changes),
    sessions: new SessionPool(core),
    openings: new PlanOpenings(),
  };
}
