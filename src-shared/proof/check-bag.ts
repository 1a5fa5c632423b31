// BagIt 1.0 (RFC 8493): the wrapping of an audit bundle, with one manifest (SHA-256) and no fetch.txt.
import { fromUtf8 } from '../util/utf8.ts';
import type { FindingLog } from './finding-log.ts';
import type { FolderReader } from './folder-reader.ts';
import { digestFiles, readFile } from './read-file.ts';
import { parseSums } from './sums.ts';
import type { ProofPrimitives } from './primitives.ts';

const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

const REQUIRED = ['bagit.txt', 'manifest-sha256.txt', 'README.txt', 'verify.py'];
const ALLOWED = new Set([...REQUIRED, 'bag-info.txt', 'tagmanifest-sha256.txt']);

export interface BagRequest {
  readonly primitives: ProofPrimitives;
  readonly folder: FolderReader;
  readonly log: FindingLog;
  /** Path to size. */
  readonly files: ReadonlyMap<string, number>;
}

/**
 * Checks the bag's declaration, that its manifest lists exactly the files below `data/`, and every checksum. Gives the
 * SHA-256 (hex) of each payload file. A manifest proves that nothing was damaged, not who made it: it is not signed.
 */
export async function checkBag(request: BagRequest): Promise<Map<string, string>> {
  const { files, log } = request;
  for (const path of REQUIRED)
    if (!files.has(path)) log.add('FILE_MISSING', 'Every audit bundle has this file.', { path });
  for (const path of files.keys()) {
    if (!path.startsWith('data/') && !ALLOWED.has(path))
      log.add('FILE_EXTRA', 'An audit bundle has no such file.', { path });
  }
  await checkDeclaration(request);
  const digests = await checkManifest(request, 'manifest-sha256.txt', (path) => path.startsWith('data/'));
  if (files.has('tagmanifest-sha256.txt')) {
    await checkManifest(
      request,
      'tagmanifest-sha256.txt',
      (path) => !path.startsWith('data/') && path !== 'tagmanifest-sha256.txt',
    );
  }
  return digests;
}

async function checkDeclaration({ folder, files, log }: BagRequest): Promise<void> {
  const path = 'bagit.txt';
  if (!files.has(path)) return;
  const bytes = await readFile(folder, path, DECLARATION.length);
  if (bytes === undefined || fromUtf8(bytes) !== DECLARATION)
    log.add('BAG_INVALID', 'It does not declare a BagIt 1.0 bag in UTF-8.', { path });
}

async function checkManifest(
  { primitives, folder, files, log }: BagRequest,
  manifest: string,
  covers: (path: string) => boolean,
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const path of files.keys()) {
    if (covers(path)) digests.set(path, (await digestFiles(primitives, folder, [path])).sha256);
  }
  const bytes = files.has(manifest) ? await readFile(folder, manifest, MAX_MANIFEST_BYTES) : undefined;
  if (bytes === undefined) {
    if (files.has(manifest)) log.add('FILE_OVERSIZE', 'The manifest is too long.', { path: manifest });
    return digests;
  }
  const sums = parseSums(bytes);
  if (!sums.ok) {
    log.add('BAG_INVALID', `The manifest cannot be read. ${sums.reason}`, { path: manifest });
    return digests;
  }
  for (const [path, sha256] of sums.value) {
    if (!digests.has(path)) log.add('FILE_MISSING', 'The manifest lists a file that is not there.', { path });
    else if (digests.get(path) !== sha256)
      log.add('FILE_MISMATCH', 'The file is not the one in the manifest.', { path });
  }
  for (const path of digests.keys()) {
    if (!sums.value.has(path)) log.add('FILE_EXTRA', 'The manifest does not list this file.', { path });
  }
  return digests;
}
