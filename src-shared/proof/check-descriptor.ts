import type { FindingLog } from './finding-log.ts';
import type { FolderReader } from './folder-reader.ts';
import { isJsonObject, parseJsonObject, type JsonObject } from './parse-json.ts';
import type { ProofPrimitives } from './primitives.ts';
import { digestFiles, type FileDigest } from './read-file.ts';
import { isSafePath } from './safe-path.ts';

const PATH = 'datapackage.json';

export interface DescriptorRequest {
  readonly primitives: ProofPrimitives;
  readonly folder: FolderReader;
  readonly log: FindingLog;
  /** Every file of the package that was hashed. */
  readonly digests: ReadonlyMap<string, FileDigest>;
}

/** Checks that each resource of a Data Package v2 descriptor names files that are there, with their size and hash. */
export async function checkDescriptor(bytes: Uint8Array, request: DescriptorRequest): Promise<void> {
  const { log } = request;
  const json = parseJsonObject(bytes);
  if (!json.ok) {
    log.add('DESCRIPTOR_INVALID', `The descriptor cannot be read. ${json.reason}`, { path: PATH });
    return;
  }
  const { resources } = json.value;
  if (!Array.isArray(resources)) {
    log.add('DESCRIPTOR_INVALID', 'The descriptor lists no resources.', { path: PATH });
    return;
  }
  const seen = new Set<string>();
  for (const resource of resources as unknown[]) {
    const paths = isJsonObject(resource) ? pathsOf(resource) : undefined;
    // UNTRUSTED: a file named a million times would be read a million times.
    const again = paths?.find((path) => seen.has(path) || !seen.add(path));
    if (again !== undefined) {
      log.add('DESCRIPTOR_INVALID', 'The descriptor names a file twice.', { path: again });
      return;
    }
    if (!isJsonObject(resource) || paths === undefined) {
      log.add('DESCRIPTOR_INVALID', 'A resource names no file inside the package.', { path: PATH });
    } else {
      await checkResource(resource, paths, request);
    }
  }
}

function pathsOf({ path }: JsonObject): string[] | undefined {
  const paths: unknown[] = Array.isArray(path) ? path : [path];
  const safe = paths.filter((one): one is string => typeof one === 'string' && isSafePath(one));
  return safe.length === paths.length && safe.length > 0 ? safe : undefined;
}

async function checkResource(resource: JsonObject, paths: string[], request: DescriptorRequest): Promise<void> {
  const { log, digests } = request;
  const absent = paths.find((path) => !digests.has(path));
  if (absent !== undefined) {
    log.add('DESCRIPTOR_MISMATCH', 'The descriptor names a file that the package does not deliver.', { path: absent });
    return;
  }
  const { bytes, hash } = resource;
  const [path = PATH] = paths;
  const actual = (paths.length === 1 ? digests.get(path) : undefined) ?? (await wholeOf(paths, hash, request));
  if (bytes !== undefined && bytes !== actual.bytes) {
    log.add('DESCRIPTOR_MISMATCH', 'The descriptor states another size.', { path });
  }
  if (hash !== undefined && hash !== `sha256:${actual.sha256}`) {
    log.add('DESCRIPTOR_MISMATCH', 'The descriptor states another hash.', { path });
  }
}

/** Several parts are one resource: their bytes one after the other. They are read again only where a hash is stated. */
async function wholeOf(paths: string[], hash: unknown, request: DescriptorRequest): Promise<FileDigest> {
  if (hash !== undefined) return digestFiles(request.primitives, request.folder, paths);
  return { sha256: '', bytes: paths.reduce((sum, path) => sum + (request.digests.get(path)?.bytes ?? 0), 0) };
}
