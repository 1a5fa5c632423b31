import { join } from 'node:path';

/** Where everything of a home lies (docs/spec/home.md). */
export interface HomePaths {
  readonly root: string;
  readonly home: string;
  readonly connections: string;
  readonly targets: string;
  readonly keys: string;
  readonly trustedKeys: string;
  readonly settings: string;
  /** Plans made on the desktop, unless another folder is chosen. */
  readonly plansFolder: string;
  readonly vaultFolder: string;
  readonly keysFolder: string;
  readonly ledgerFolder: string;
  readonly runsFolder: string;
  readonly logsFolder: string;
  readonly deliveriesFolder: string;
  runFolder(run: string): string;
  /** Held by the process that executes the run; whoever can take it knows that nobody does. */
  runLease(run: string): string;
  /** Held while a package is on its way to the place that `hash` stands for. */
  deliveryLock(hash: string): string;
}

/** Held while a record of a document and its secret in the vault are changed together. */
export function changeLock(document: string): string {
  return `${document}.change.lock`;
}

/** The layout of a home below `root` (absolute). */
export function homePaths(root: string): HomePaths {
  const runsFolder = join(root, 'runs');
  const deliveriesFolder = join(root, 'deliveries');
  return {
    root,
    home: join(root, 'home.json'),
    connections: join(root, 'connections.json'),
    targets: join(root, 'targets.json'),
    keys: join(root, 'keys.json'),
    trustedKeys: join(root, 'trusted-keys.json'),
    settings: join(root, 'settings.json'),
    plansFolder: join(root, 'plans'),
    vaultFolder: join(root, 'vault'),
    keysFolder: join(root, 'keys'),
    ledgerFolder: join(root, 'ledger'),
    runsFolder,
    logsFolder: join(root, 'logs'),
    deliveriesFolder,
    runFolder: (run) => join(runsFolder, run),
    runLease: (run) => join(runsFolder, run, 'lease.sqlite'),
    deliveryLock: (hash) => join(deliveriesFolder, `${hash}.sqlite`),
  };
}
