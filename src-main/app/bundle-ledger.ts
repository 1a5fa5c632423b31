import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { appError, toAppError } from '../../src-shared/errors/app-error.ts';
import { verifyFolder } from '../../src-shared/proof/verify-folder.ts';
import { keyFingerprint } from '../../src-shared/proof/vkey.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import { nodePrimitives } from '../ledger/node-primitives.ts';
import { openLedgerReader, type LedgerReader } from '../ledger/read-ledger.ts';
import { BagWriter } from './bundle/bag-writer.ts';
import { copyPackagePapers, type SealLine } from './bundle/copy-package-papers.ts';
import { copyRunFiles, recordedFiles, type RecordedFile } from './bundle/copy-run-files.ts';
import { ENTRIES_HEADER, entriesCsvLine } from './bundle/entries-csv.ts';
import { readmeText } from './bundle/readme-text.ts';
import { reportHtml } from './bundle/report-html.ts';
import { requireGoingOn } from './bundle/require-going-on.ts';
import { RunStories } from './bundle/run-story.ts';
import { VERIFY_SCRIPT } from './bundle/verify-script.ts';
import type { Core } from './core.ts';
import { folderOver } from './verify-path.ts';

export interface BundleRequest {
  /** Absolute path of the folder to make; nothing may be there. */
  readonly out: string;
  /** Leaves out compiled plans and SQL statements; the plans stay. */
  readonly withoutSql: boolean;
  readonly signal?: AbortSignal;
}

/** A finished bundle: what `ledger bundle --json` prints. */
export interface LedgerBundle {
  /** Absolute path. */
  readonly bundle: string;
  /** Entries of the ledger in it. */
  readonly size: number;
  readonly files: number;
  /** What the ledger records and the bundle does not hold, one sentence each. */
  readonly absent: readonly string[];
}

/**
 * Hands the ledger out as an audit bundle (docs/spec/package.md). The handing-out is itself an entry, written first, so
 * that the bundle holds it; when the bundle then fails, a second entry says so. The folder appears whole, verified, and
 * never in place of another.
 */
export async function bundleLedger(core: Core, request: BundleRequest): Promise<LedgerBundle> {
  const { out, withoutSql } = request;
  if ((await core.store.read.stat(out)) !== null) throw exists(out);
  const { ledgerFolder, keysFolder } = core.home;
  const place = { reader: core.store.read, ledgerFolder, keysFolder };
  // Opening for appending would make a ledger where there is none.
  await openLedgerReader(place);
  const ledger = await core.ledger();
  const what = { destination: { kind: 'folder', name: basename(out) }, sql: !withoutSql };
  await ledger.append('ledger.exported', { outcome: 'success', ...what });
  const partial = join(dirname(out), `.${basename(out)}.${randomUUID()}.partial`);
  const bag = new BagWriter(core.store, partial, request.signal);
  try {
    const bundle = await fillBag({ core, request, bag, reader: await openLedgerReader(place) });
    await requireSound(core, partial, request.signal);
    await core.store.renameNew(partial, out);
    return bundle;
  } catch (error) {
    const { code } = toAppError(error);
    // Where these fail too, it is for the same reason as a rule; the first failure is the one to be told.
    await Promise.allSettled([
      ledger.append('ledger.exported', { outcome: 'failure', ...what, error: code }),
      bag.discard(),
    ]);
    throw error;
  }
}

interface Filling {
  readonly core: Core;
  readonly request: BundleRequest;
  readonly bag: BagWriter;
  readonly reader: LedgerReader;
}

async function fillBag(filling: Filling): Promise<LedgerBundle> {
  const { core, request, bag, reader } = filling;
  const head = await reader.checkpoint();
  const { stories, recorded, seals } = await copyEntries(filling, head.size);
  await bag.put('data/ledger/checkpoint', utf8(head.note));
  await bag.put('data/ledger/log.vkey', utf8(`${reader.key.vkey}\n`));
  const { withoutSql } = request;
  const absent = [
    ...(await copyRunFiles({ reader: core.store.read, home: core.home, bag, withoutSql }, recorded)),
    ...(await copyPackagePapers({ core, bag, signer: reader.key }, seals)),
  ];
  const facts = {
    origin: reader.key.name,
    vkey: reader.key.vkey,
    fingerprint: keyFingerprint(nodePrimitives, reader.key),
    throwAway: stories.throwAway,
  };
  await bag.put('data/report.html', utf8(reportHtml({ ...facts, checkpoint: head.note, stories, absent })));
  await bag.put('README.txt', utf8(readmeText({ ...facts, size: head.size })));
  await bag.put('verify.py', utf8(VERIFY_SCRIPT));
  await bag.finish();
  return { bundle: request.out, size: head.size, files: bag.files, absent };
}

interface Gathered {
  readonly stories: RunStories;
  readonly recorded: readonly RecordedFile[];
  readonly seals: readonly SealLine[];
}

/** Copies the first `size` entries; others may have come since the checkpoint was read. */
async function copyEntries({ request, bag, reader }: Filling, size: number): Promise<Gathered> {
  const stories = new RunStories();
  const recorded: RecordedFile[] = [];
  const seals: SealLine[] = [];
  await using lines = await bag.open('data/ledger/entries.jsonl');
  await using table = await bag.open('data/entries.csv');
  await table.write(utf8(ENTRIES_HEADER));
  for await (const record of reader.entries()) {
    requireGoingOn(request.signal);
    const { entry, line, seq } = record;
    if (seq >= size) break;
    await lines.write(line);
    await lines.write(Uint8Array.of(0x0a));
    await table.write(utf8(entriesCsvLine(record)));
    stories.see(entry);
    recorded.push(...recordedFiles(entry));
    if (entry.kind === 'seal') seals.push({ entry, line });
  }
  await lines.close();
  await table.close();
  return { stories, recorded, seals };
}

/** Reads the bundle back as its recipient will, before it gets its name. */
async function requireSound(core: Core, path: string, signal: AbortSignal | undefined): Promise<void> {
  const folder = folderOver(core.store.read, path);
  const open = async function* (name: string): AsyncGenerator<Uint8Array> {
    for await (const block of folder.open(name)) {
      requireGoingOn(signal);
      yield block;
    }
  };
  const result = await verifyFolder({ list: () => folder.list(), open }, { primitives: nodePrimitives });
  if (result?.kind === 'bundle' && result.verdict !== 'BROKEN') return;
  const code = result?.findings[0]?.code ?? 'BAG_INVALID';
  throw appError('LEDGER/BROKEN', {
    message: `The bundle does not verify: ${code}.`,
    remedy: 'Leave the home as it is and check the ledger and the packages with waybill verify.',
    context: { finding: code },
  });
}

function exists(path: string): Error {
  return appError('SPOOL/EXISTS', {
    message: `Something is already there: ${path}.`,
    remedy: 'Choose another name, or move the existing one away.',
    context: { path },
  });
}
