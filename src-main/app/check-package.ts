import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { appError, type AppError } from '../../src-shared/errors/app-error.ts';
import { FINDING_CATALOG } from '../../src-shared/proof/finding-catalog.ts';
import type { ProofFinding } from '../../src-shared/proof/finding-log.ts';
import { readFile } from '../../src-shared/proof/read-file.ts';
import { parseJsonObject } from '../../src-shared/proof/parse-json.ts';
import { isSafePath } from '../../src-shared/proof/safe-path.ts';
import { parseSums } from '../../src-shared/proof/sums.ts';
import type { Core } from './core.ts';
import { trustedKeys } from './trusted-keys.ts';
import { untilAborted } from './until-aborted.ts';
import { folderOver, verifyPath } from './verify-path.ts';

const DESCRIPTOR = 'datapackage.json';
const MAX_SUMS_BYTES = 64 * 1024 * 1024;
const MAX_LEAF_BYTES = 64 * 1024;

export interface PackageFile {
  /** Inside the package, `/` between its parts. */
  readonly path: string;
  /** Absolute. */
  readonly local: string;
  readonly bytes: number;
  /** Hex, as the package's own list has it. */
  readonly sha256: string;
}

/** A package that verified, as it can be handed over. */
export interface CheckedPackage {
  readonly name: string;
  readonly folder: string;
  readonly run: string | null;
  /** Digest of the signed statement: what the ledger knows the package by. */
  readonly manifest: string | null;
  /** In the order of delivery: the descriptor last, so that a folder with a descriptor is a whole one. */
  readonly files: readonly PackageFile[];
}

export interface CheckHow {
  /** A package that lacks tables is wanted all the same. */
  readonly incomplete: boolean;
  readonly signal: AbortSignal;
}

/** Verifies a package: `PACKAGE/BROKEN` or `PACKAGE/INCOMPLETE` before anything is sent anywhere. */
export async function checkPackage(core: Core, folder: string, how: CheckHow): Promise<CheckedPackage> {
  const reader = core.store.read;
  const trusted = await trustedKeys({ reader, home: core.home.root });
  const result = await untilAborted(verifyPath({ path: folder, reader, cwd: folder, trusted }), how.signal);
  const name = basename(folder);
  if (result.kind !== 'package') {
    throw appError('PACKAGE/ABSENT', {
      message: `${folder} is no package but a ${result.kind}.`,
      remedy: 'Give the folder that a run wrote.',
      context: { path: folder },
    });
  }
  if (result.verdict === 'BROKEN') {
    throw broken(folder, { findings: result.findings, sent: 'Nothing was sent.' });
  }
  const lacking = result.findings.some(({ code }) => code === 'PACKAGE_INCOMPLETE' || code === 'TABLE_INCOMPLETE');
  if ((lacking || name.endsWith('.incomplete')) && !how.incomplete) {
    throw appError('PACKAGE/INCOMPLETE', {
      message: `The package ${name} lacks tables, and says so; nothing was sent.`,
      remedy: 'Run the plan again, or deliver what there is with --incomplete.',
      context: { path: folder },
    });
  }
  return untilAborted(listPackage(core, folder), how.signal);
}

async function listPackage(core: Core, folder: string): Promise<CheckedPackage> {
  const reader = folderOver(core.store.read, folder);
  const sumsBytes = await readFile(reader, 'SHA256SUMS', MAX_SUMS_BYTES);
  const sums = sumsBytes === undefined ? undefined : parseSums(sumsBytes);
  if (sums?.ok !== true)
    throw changed(folder, { code: 'SUMS_INVALID', path: 'SHA256SUMS', message: 'It cannot be read any more.' });
  const files: PackageFile[] = [];
  for await (const entry of reader.list()) {
    if (entry.kind === 'folder') continue;
    if (entry.kind !== 'file' || !isSafePath(entry.path))
      throw changed(folder, { code: 'PATH_UNSAFE', path: entry.path, message: 'It is no longer a plain file.' });
    const local = join(folder, ...entry.path.split('/'));
    // The sums cover all but the signatures, which are small.
    const sha256 = sums.value.get(entry.path) ?? (await digestOf(core, local));
    files.push({ path: entry.path, local, bytes: entry.size, sha256 });
  }
  if (!files.some((file) => file.path === DESCRIPTOR))
    throw changed(folder, { code: 'FILE_MISSING', path: 'datapackage.json', message: 'It is no longer there.' });
  const leaf = await readFile(reader, 'ledger-entry.json', MAX_LEAF_BYTES);
  const sealed = leaf === undefined ? undefined : parseJsonObject(leaf);
  const run = sealed?.ok === true ? sealed.value['run'] : undefined;
  return {
    name: basename(folder),
    folder,
    run: typeof run === 'string' ? run : null,
    manifest: files.find((file) => file.path === 'delivery.dsse.json')?.sha256 ?? null,
    files: [...files.filter((file) => file.path !== DESCRIPTOR), ...files.filter((file) => file.path === DESCRIPTOR)],
  };
}

async function digestOf(core: Core, local: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of core.store.read.blocks(local)) hash.update(block);
  return hash.digest('hex');
}

/** It was whole when it was verified a moment ago. */
function changed(folder: string, finding: ProofFinding): AppError {
  return broken(folder, { findings: [finding], sent: 'Nothing was sent.' });
}

const TOLD = 3;

/** `PACKAGE/BROKEN`: what is broken, file by file, and whether anything has left. */
export function broken(
  folder: string,
  { findings, sent }: { readonly findings: readonly ProofFinding[]; readonly sent: string },
): AppError {
  const grave = findings.filter(({ code }) => FINDING_CATALOG[code] === 'broken');
  const told = grave
    .slice(0, TOLD)
    .map(({ code, path, message }) => `${path ?? 'As a whole'}: ${message.replace(/\.$/, '')} (${code}).`);
  const more = grave.length > TOLD ? [`And ${grave.length - TOLD} more.`] : [];
  return appError('PACKAGE/BROKEN', {
    message: [`The package ${basename(folder)} is broken.`, ...told, ...more, sent].join(' '),
    remedy: `See: waybill verify ${folder}. Deliver an intact copy, or run the plan again.`,
    context: { path: folder, findings: grave.map(({ code }) => code).join(', ') },
  });
}
