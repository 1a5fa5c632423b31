import { join } from 'node:path';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { equalBytes } from '../../../src-shared/proof/equal-bytes.ts';
import { checkSeal } from '../../../src-shared/proof/check-seal.ts';
import { checkStatement } from '../../../src-shared/proof/check-statement.ts';
import type { SealEntry } from '../../../src-shared/proof/entry.ts';
import { FindingLog } from '../../../src-shared/proof/finding-log.ts';
import type { VerifierKey } from '../../../src-shared/proof/vkey.ts';
import { toHex } from '../../../src-shared/util/hex.ts';
import { nodePrimitives } from '../../ledger/node-primitives.ts';
import type { Core } from '../core.ts';
import { readRun } from '../run-records.ts';
import type { BagWriter } from './bag-writer.ts';
import { readOrWhy } from './copy-run-files.ts';

const PAPERS = ['datapackage.json', 'delivery.dsse.json', 'ledger-entry.json', 'delivery.tlog-proof'] as const;
type PaperName = (typeof PAPERS)[number];

/** A seal of the ledger with its exact line. */
export interface SealLine {
  readonly entry: SealEntry;
  readonly line: Uint8Array;
}

export interface CopyPackagePapers {
  readonly core: Core;
  readonly bag: BagWriter;
  readonly signer: VerifierKey;
}

/**
 * Copies the papers of each sealed package that still lies where its run left it and is the one the ledger sealed. Gives
 * a sentence for each that was left out: a wrong paper would make the whole bundle fail without saying why.
 */
export async function copyPackagePapers(
  copy: CopyPackagePapers,
  seals: readonly SealLine[],
): Promise<readonly string[]> {
  const absent: string[] = [];
  for (const seal of seals) {
    const { run } = seal.entry;
    const papers = await papersOf(copy, seal);
    if (typeof papers === 'string') absent.push(`The package of run ${run}: ${papers}`);
    else for (const [name, bytes] of papers) await copy.bag.put(`data/packages/${run}/${name}`, bytes);
  }
  return absent;
}

async function papersOf(
  { core, signer }: CopyPackagePapers,
  seal: SealLine,
): Promise<ReadonlyMap<string, Uint8Array> | string> {
  const folder = await packageFolder(core, seal.entry.run);
  if (folder === null) return 'the home does not know where it lies.';
  const papers: Partial<Record<PaperName, Uint8Array>> = {};
  for (const name of PAPERS) {
    const bytes = await readOrWhy(core.store.read, join(folder, name));
    if (typeof bytes === 'string') return bytes;
    papers[name] = bytes;
  }
  // The loop above filled in every name.
  const whole = papers as Papers;
  if (!holds(whole, seal, signer)) return 'what lies in its place is not the package that was sealed.';
  return new Map(Object.entries(whole));
}

type Papers = Readonly<Record<PaperName, Uint8Array>>;

function holds(papers: Papers, seal: SealLine, signer: VerifierKey): boolean {
  const log = new FindingLog();
  const files = {
    statement: { bytes: papers['delivery.dsse.json'], path: 'delivery.dsse.json' },
    entry: { bytes: papers['ledger-entry.json'], path: 'ledger-entry.json' },
    proof: { bytes: papers['delivery.tlog-proof'], path: 'delivery.tlog-proof' },
  };
  checkSeal(nodePrimitives, { files, signer, log });
  const said = checkStatement(nodePrimitives, { ...files.statement, signer }, log);
  return (
    !log.broken &&
    equalBytes(papers['ledger-entry.json'], seal.line) &&
    said?.run === seal.entry.run &&
    said.subjects.get('datapackage.json') === toHex(nodePrimitives.sha256(papers['datapackage.json']))
  );
}

async function packageFolder(core: Core, run: string): Promise<string | null> {
  try {
    return (await readRun(core, run)).package;
  } catch (error) {
    if (isAppError(error, 'RUN/ABSENT') || isAppError(error, 'HOME/UNREADABLE')) return null;
    throw error;
  }
}
