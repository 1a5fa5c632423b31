import { join } from 'node:path';
import { bundleLedger, type BundleRequest, type LedgerBundle } from '../../src-main/app/bundle-ledger.ts';
import type { Core } from '../../src-main/app/core.ts';
import { beginRun } from '../../src-main/app/run-records.ts';
import { sealPackage } from '../../src-main/engine/package/seal-package.ts';
import { openLedger } from '../../src-main/ledger/open-ledger.ts';
import type { LedgerWriter } from '../../src-main/ports/ledger.ts';
import type { Store } from '../../src-main/ports/store.ts';
import { homePaths } from '../../src-main/store/home-paths.ts';
import { createNodeStore } from '../../src-main/store/node-store.ts';
import { ledgerHome } from './ledger-home.ts';

export const PLAN_TEXT = 'waybill: 1\nname: plan\n';

export interface RunTold {
  readonly run: string;
  readonly plan?: string;
  readonly table?: string;
  readonly purpose?: string;
}

/** A home on the real disk with a ledger, runs and packages made by the parts that make them in a run. */
export class BundleHome {
  readonly core: Core;
  readonly root: string;
  readonly #ledger: () => Promise<LedgerWriter>;

  constructor(root: string, store: Store = createNodeStore()) {
    this.root = root;
    const home = ledgerHome(join(root, 'home'), { store });
    const opened: { ledger?: Promise<LedgerWriter> } = {};
    this.#ledger = () => (opened.ledger ??= openLedger(home));
    const parts: Partial<Core> = {
      home: homePaths(join(root, 'home')),
      store,
      locks: home.locks,
      clock: home.clock,
      ledger: this.#ledger,
      throwAway: false,
    };
    // What a bundle is made from; it touches no vault, no connector and no registry.
    this.core = parts as Core;
  }

  ledger(): Promise<LedgerWriter> {
    return this.#ledger();
  }

  /** A run from `export.started` to `export.completed`, with its package; gives the folder of the package. */
  async run({ run, plan = 'shop', table = 'public.customers', purpose = 'CHG-1' }: RunTold): Promise<string> {
    const { core } = this;
    const ledger = await this.ledger();
    const facts = { run, state: 'running', plan, connection: 'shop', started: '2026-11-23T07:00:00.000Z' } as const;
    const partial = join(this.root, 'out', `.${run}.partial`);
    using live = await beginRun(
      core,
      { ...facts, folder: partial, package: null },
      { 'plan.yaml': PLAN_TEXT, 'compiled-plan.json': '{}\n', 'sql.json': '{"statements":[]}\n' },
    );
    await ledger.append('export.started', {
      outcome: 'success',
      correlation: run,
      purpose,
      plan: { name: plan, digest: `sha256:${'1'.repeat(64)}` },
      source: { engine: 'Product', version: '16', connection: 'shop', database: 'crm', dbUser: 'ro', objects: [table] },
      transforms: [{ column: `${table}.email`, method: 'pseudonym', class: 'person.email' }],
      files: { ...live.digests },
    });
    await core.store.makeFolder(partial);
    const sealed = await sealPackage(
      {
        run,
        planDigest: `sha256:${'1'.repeat(64)}`,
        partialFolder: partial,
        finalFolder: join(this.root, 'out', run),
        descriptor: { name: plan },
        tables: [],
      },
      core.store,
      ledger,
    );
    const report = await live.keep('report.json', new TextEncoder().encode('{}\n'));
    await ledger.append('export.completed', {
      outcome: 'success',
      correlation: run,
      state: 'succeeded',
      plan: { name: plan },
      destination: { kind: 'folder', name: run },
      volume: { rows: 4711, bytes: 9, files: 1 },
      tables: [{ name: table, source: 4711, written: 4711, reread: 4711, verdict: 'complete' }],
      files: { 'report.json': report },
    });
    await live.update({ state: 'succeeded', package: sealed.folder });
    return sealed.folder;
  }

  bundle(changes: Partial<BundleRequest> = {}): Promise<LedgerBundle> {
    return bundleLedger(this.core, { out: join(this.root, 'bundle'), withoutSql: false, ...changes });
  }
}
