import { keyText } from './check-ledger.ts';
import { checkDescriptor } from './check-descriptor.ts';
import { checkSeal, type CheckedSeal } from './check-seal.ts';
import { checkStatement } from './check-statement.ts';
import { equalBytes } from './equal-bytes.ts';
import { FindingLog } from './finding-log.ts';
import type { FolderReader } from './folder-reader.ts';
import { indexFolder } from './index-folder.ts';
import { openAnchors } from './open-anchors.ts';
import { digestFiles, readFile, type FileDigest } from './read-file.ts';
import type { DeliveryStatement } from './statement.ts';
import { parseSums } from './sums.ts';
import { drawVerdict, type VerifyOptions, type VerifyResult } from './verdict.ts';
import { parseVkey, type VerifierKey } from './vkey.ts';

const MEBIBYTE = 1024 * 1024;

/** The files every package has, and the most bytes read of each. */
const REQUIRED = {
  'datapackage.json': 64 * MEBIBYTE,
  SHA256SUMS: 64 * MEBIBYTE,
  'delivery.dsse.json': 64 * MEBIBYTE,
  'ledger-entry.json': 65_535,
  'delivery.tlog-proof': MEBIBYTE,
  'delivery.vkey': 4_096,
} as const;

type RequiredFile = keyof typeof REQUIRED;

/** The files that vouch for the others, and therefore are no subjects themselves. */
const EVIDENCE = new Set<string>(['delivery.dsse.json', 'ledger-entry.json', 'delivery.tlog-proof', 'delivery.vkey']);

interface OpenPackage {
  readonly folder: FolderReader;
  readonly options: VerifyOptions;
  readonly log: FindingLog;
  /** Path to size. */
  readonly files: ReadonlyMap<string, number>;
}

/** Verifies a delivered package from nothing but its folder and what the caller knows from elsewhere. */
export async function verifyPackage(folder: FolderReader, options: VerifyOptions): Promise<VerifyResult> {
  const log = new FindingLog();
  const files = await indexFolder(folder, log);
  const opened: OpenPackage = { folder, options, log, files };
  const small = await readRequired(opened);
  const signer = readSigner(opened, await keyTextOf(opened));
  const statement = signer && statementOf(opened, small, signer);
  sayUnfinished(opened, statement);
  const seal = signer && sealOf(opened, small, signer);
  if (statement !== undefined && seal !== undefined && statement.run !== seal.entry.run) {
    log.add('STATEMENT_MISMATCH', 'The statement and the ledger entry are of different runs.', {
      path: 'delivery.dsse.json',
    });
  }
  await checkFiles(opened, small, statement);
  const anchored = signer && seal && anchoredSize(opened, signer, seal);
  return drawVerdict({ kind: 'package', signer, size: seal?.checkpoint.size, anchored }, options, log);
}

/** What the name alone says; what was signed has been said before. */
function sayUnfinished({ options, log }: OpenPackage, statement: DeliveryStatement | undefined): void {
  const said = statement?.tables.some(({ verdict }) => verdict === 'incomplete') === true;
  if (options.name?.endsWith('.incomplete') === true && !said)
    log.add('PACKAGE_INCOMPLETE', 'By its name the package lacks tables that failed.');
  if (options.name?.endsWith('.partial')) log.add('PACKAGE_UNFINISHED', 'By its name the package was never finished.');
}

async function readRequired({ folder, files, log }: OpenPackage): Promise<Map<string, Uint8Array>> {
  const small = new Map<string, Uint8Array>();
  for (const [path, limit] of Object.entries(REQUIRED)) {
    const bytes = files.has(path) ? await readFile(folder, path, limit) : undefined;
    if (bytes !== undefined) small.set(path, bytes);
    else if (files.has(path)) log.add('FILE_OVERSIZE', `It is longer than ${limit} bytes.`, { path });
    else log.add('FILE_MISSING', 'Every package has this file.', { path });
  }
  return small;
}

async function keyTextOf({ folder, files }: OpenPackage): Promise<string | undefined> {
  // UNTRUSTED: a key that is there and cannot be read is a bad key, never no key, or nothing would be checked under it.
  return files.has('delivery.vkey') ? ((await keyText(folder, 'delivery.vkey')) ?? '') : undefined;
}

function readSigner({ options, log }: OpenPackage, text: string | undefined): VerifierKey | undefined {
  if (text === undefined) return undefined;
  const key = parseVkey(options.primitives, text);
  if (key.ok) return key.value;
  log.add('VKEY_INVALID', `The key of the package cannot be read. ${key.reason}`, { path: 'delivery.vkey' });
  return undefined;
}

function statementOf(
  { options, log }: OpenPackage,
  small: ReadonlyMap<string, Uint8Array>,
  signer: VerifierKey,
): DeliveryStatement | undefined {
  const path: RequiredFile = 'delivery.dsse.json';
  const bytes = small.get(path);
  const statement = bytes && checkStatement(options.primitives, { bytes, path, signer }, log);
  if (statement?.throwAway)
    log.add('THROW_AWAY', 'The key of this package is a throw-away: nobody vouches for it.', { path });
  return statement;
}

function sealOf(
  { options, log }: OpenPackage,
  small: ReadonlyMap<string, Uint8Array>,
  signer: VerifierKey,
): CheckedSeal | undefined {
  const [statement, entry, proof] = [
    small.get('delivery.dsse.json'),
    small.get('ledger-entry.json'),
    small.get('delivery.tlog-proof'),
  ];
  if (statement === undefined || entry === undefined || proof === undefined) return undefined;
  const files = {
    statement: { bytes: statement, path: 'delivery.dsse.json' },
    entry: { bytes: entry, path: 'ledger-entry.json' },
    proof: { bytes: proof, path: 'delivery.tlog-proof' },
  };
  return checkSeal(options.primitives, { files, signer, log });
}

/** Statement, SHA256SUMS, descriptor and folder must name the same files with the same bytes. */
async function checkFiles(
  { folder, options, log, files }: OpenPackage,
  small: ReadonlyMap<string, Uint8Array>,
  statement: DeliveryStatement | undefined,
): Promise<void> {
  const digests = new Map<string, FileDigest>();
  for (const path of files.keys()) {
    if (!EVIDENCE.has(path)) digests.set(path, await digestFiles(options.primitives, folder, [path]));
  }
  if (statement !== undefined) {
    for (const [path, sha256] of statement.subjects) {
      const digest = digests.get(path);
      if (digest === undefined) log.add('FILE_MISSING', 'The statement names a file that is not there.', { path });
      else if (digest.sha256 !== sha256) log.add('FILE_MISMATCH', 'The file is not the one that was signed.', { path });
    }
    for (const path of digests.keys()) {
      if (!statement.subjects.has(path)) log.add('FILE_EXTRA', 'The statement does not name this file.', { path });
    }
  }
  const sums = small.get('SHA256SUMS');
  if (sums !== undefined) checkSums(sums, digests, log);
  const descriptor = small.get('datapackage.json');
  if (descriptor !== undefined)
    await checkDescriptor(descriptor, { primitives: options.primitives, folder, log, digests });
}

function checkSums(bytes: Uint8Array, digests: ReadonlyMap<string, FileDigest>, log: FindingLog): void {
  const sums = parseSums(bytes);
  if (!sums.ok) {
    log.add('SUMS_INVALID', `The list of checksums cannot be read. ${sums.reason}`, { path: 'SHA256SUMS' });
    return;
  }
  for (const [path, sha256] of sums.value) {
    if (digests.get(path)?.sha256 !== sha256) log.add('SUMS_MISMATCH', 'SHA256SUMS states another checksum.', { path });
  }
  for (const path of digests.keys()) {
    if (path !== 'SHA256SUMS' && !sums.value.has(path))
      log.add('SUMS_MISMATCH', 'SHA256SUMS does not list it.', { path });
  }
}

/** A package holds one checkpoint and no way to another, so only a checkpoint of its own size can anchor it. */
function anchoredSize(
  { options, log }: OpenPackage,
  signer: VerifierKey,
  { checkpoint }: CheckedSeal,
): number | undefined {
  const same = openAnchors(options, signer, log).filter((anchor) => anchor.size === checkpoint.size);
  for (const anchor of same) {
    if (!equalBytes(anchor.root, checkpoint.root)) {
      log.add('ANCHOR_MISMATCH', 'A checkpoint kept outside has another root at the same size.', {
        seq: checkpoint.size - 1,
      });
    }
  }
  return same.length > 0 ? checkpoint.size : undefined;
}
