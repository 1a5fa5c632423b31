import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VerifyResult } from '../../src-shared/proof/verdict.ts';
import type { RunEvent } from '../engine/run/table-job.ts';
import { openLedgerReader } from '../ledger/read-ledger.ts';
import { bundleLedger } from './bundle-ledger.ts';
import type { Core } from './core.ts';
import type { ExportResult } from './export-result.ts';
import { openPlan } from './open-plan.ts';
import { previewPlan, type TablePreview } from './preview-plan.ts';
import { runPlan } from './run-plan.ts';
import { trustedKeys } from './trusted-keys.ts';
import { verifyPath } from './verify-path.ts';

export interface DemoRequest {
  /** Absolute folder the package and the bundle appear in. */
  readonly out: string;
  /** Absolute path of the plan. */
  readonly plan: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
}

export interface DemoResult {
  readonly preview: TablePreview | undefined;
  readonly run: ExportResult;
  readonly verify: VerifyResult;
  readonly ledger: VerifyResult;
  readonly bundle: VerifyResult & { readonly path: string };
}

/** The whole journey on the sample database: mask, preview, run, verify, bundle. Nothing in it is staged. */
export async function runDemo(core: Core, request: DemoRequest): Promise<DemoResult> {
  await core.store.makeFolder(request.out);
  const plan = join(request.out, 'shop.plan.yaml');
  await core.store.replace(plan, await readFile(request.plan));
  await using open = await openPlan(core, {
    path: plan,
    params: {},
    only: [],
    accept: 'unsigned',
    signal: request.signal,
  });
  const [preview] = await previewPlan(core, {
    open,
    table: open.result.compiled?.tables[0]?.name,
    rows: 5,
    originals: false,
    signal: request.signal,
  });
  const run = await runPlan(core, {
    open,
    out: request.out,
    confirm: undefined,
    acceptedCatalog: true,
    signal: request.signal,
    onEvent: request.onEvent,
  });
  const verifier = { reader: core.store.read, home: core.home.root };
  const trusted = await trustedKeys(verifier);
  const verify = (path: string): Promise<VerifyResult> =>
    verifyPath({ path, reader: core.store.read, cwd: request.out, trusted });
  const bundle = await bundleLedger(core, {
    out: join(request.out, `audit-${run.run}`),
    withoutSql: false,
    signal: request.signal,
  });
  const { ledgerFolder, keysFolder } = core.home;
  const ledger = await openLedgerReader({ reader: core.store.read, ledgerFolder, keysFolder });
  return {
    preview,
    run,
    verify: await verify(run.package ?? request.out),
    ledger: await verify(ledger.folder),
    bundle: { ...(await verify(bundle.bundle)), path: bundle.bundle },
  };
}
