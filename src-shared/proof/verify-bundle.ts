import { BundledPackages } from './bundled-packages.ts';
import { BundledRuns } from './bundled-runs.ts';
import { checkBag } from './check-bag.ts';
import { checkLedger } from './check-ledger.ts';
import { FindingLog } from './finding-log.ts';
import type { FolderReader } from './folder-reader.ts';
import { indexFolder } from './index-folder.ts';
import { drawVerdict, type VerifyOptions, type VerifyResult } from './verdict.ts';

const LEDGER = {
  entries: 'data/ledger/entries.jsonl',
  checkpoint: 'data/ledger/checkpoint',
  vkey: 'data/ledger/log.vkey',
} as const;

/** Made from the ledger for people to read; nothing signs them. */
const READABLE = ['data/entries.csv', 'data/report.html'];

/** Verifies an audit bundle: the bag, the ledger in it, and that all papers in it belong to that ledger. */
export async function verifyBundle(folder: FolderReader, options: VerifyOptions): Promise<VerifyResult> {
  const log = new FindingLog();
  const { primitives } = options;
  const files = await indexFolder(folder, log);
  const digests = await checkBag({ primitives, folder, log, files });
  checkPayloadNames(digests, log);
  log.add(
    'UNSIGNED_FILES',
    'entries.csv, report.html, README.txt and verify.py are not signed: what counts is the ledger.',
  );
  const ledgerFiles = Object.values(LEDGER);
  if (!ledgerFiles.every((path) => files.has(path))) {
    return drawVerdict({ kind: 'bundle', signer: undefined, size: undefined, anchored: undefined }, options, log);
  }
  const packages = new BundledPackages({ primitives, folder, log, digests });
  const runs = new BundledRuns(digests, log);
  const check = await checkLedger({
    folder,
    files: LEDGER,
    options,
    log,
    probesFor: (signer) => packages.probes(signer),
    onEntry: (entry, leafHash) => {
      packages.see(entry, leafHash);
      runs.see(entry);
    },
  });
  packages.finish(check.size ?? 0);
  runs.finish();
  const anchored = log.broken ? undefined : check.anchored;
  return drawVerdict({ kind: 'bundle', signer: check.signer, size: check.size, anchored }, options, log);
}

function checkPayloadNames(digests: ReadonlyMap<string, string>, log: FindingLog): void {
  const ledgerFiles: readonly string[] = Object.values(LEDGER);
  for (const path of [...ledgerFiles, ...READABLE]) {
    if (!digests.has(path)) log.add('FILE_MISSING', 'Every audit bundle has this file.', { path });
  }
  for (const path of digests.keys()) {
    const known =
      ledgerFiles.includes(path) || READABLE.includes(path) || BundledPackages.owns(path) || BundledRuns.owns(path);
    if (!known) log.add('FILE_EXTRA', 'An audit bundle has no such file.', { path });
  }
}
