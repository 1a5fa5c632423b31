import { basename, join, resolve } from 'node:path';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { FolderEntry, FolderReader } from '../../src-shared/proof/folder-reader.ts';
import type { VerifyResult } from '../../src-shared/proof/verdict.ts';
import { verifyFolder } from '../../src-shared/proof/verify-folder.ts';
import { parseVkey, type VerifierKey } from '../../src-shared/proof/vkey.ts';
import { fromUtf8 } from '../../src-shared/util/utf8.ts';
import { nodePrimitives } from '../ledger/node-primitives.ts';
import type { StoreReader } from '../ports/store.ts';

export interface VerifyRequest {
  /** Absolute path of the folder. */
  readonly path: string;
  readonly reader: StoreReader;
  /** A vkey, or the path of a file that holds one. */
  readonly key?: string;
  readonly cwd: string;
  /** The home's own and trusted keys. */
  readonly trusted: readonly VerifierKey[];
}

/** Verifies what lies at a path. Reads only. */
export async function verifyPath(request: VerifyRequest): Promise<VerifyResult> {
  const { reader, path } = request;
  const found = await reader.stat(path);
  if (found?.kind !== 'folder') throw absent(path, 'There is no folder');
  const key = request.key === undefined ? undefined : await readKey(request, request.key);
  const result = await verifyFolder(folderOver(reader, path), {
    primitives: nodePrimitives,
    trusted: request.trusted,
    name: basename(path),
    ...(key === undefined ? {} : { key }),
  });
  if (result === undefined) throw absent(path, 'There is neither a package nor a bundle nor a ledger in');
  return result;
}

function absent(path: string, fact: string): Error {
  return appError('PACKAGE/ABSENT', {
    message: `${fact} ${path}.`,
    remedy: 'Give the folder of a package, of an audit bundle, or of a ledger.',
    context: { path },
  });
}

async function readKey({ reader, cwd }: VerifyRequest, given: string): Promise<VerifierKey> {
  const direct = parseVkey(nodePrimitives, given.trim());
  if (direct.ok) return direct.value;
  const bytes = await reader.file(resolve(cwd, given), 64 * 1024);
  const parsed = bytes === null ? direct : parseVkey(nodePrimitives, (fromUtf8(bytes) ?? '').trim());
  if (parsed.ok) return parsed.value;
  throw appError('CLI/USAGE', {
    message: `The key given is not a verifier key. ${parsed.reason}`,
    remedy: 'Give the text <name>+<id>+<key>, or a file that holds it, such as delivery.vkey received another way.',
  });
}

/** A folder on disk as verification wants it: no link is followed, nothing but plain files is opened. */
export function folderOver(reader: StoreReader, root: string): FolderReader {
  return {
    list: () => walk(reader, root, ''),
    open: (path) => reader.blocks(join(root, ...path.split('/'))),
  };
}

const DEPTH_AT_MOST = 16;

async function* walk(reader: StoreReader, root: string, prefix: string): AsyncGenerator<FolderEntry> {
  for (const entry of (await reader.list(join(root, prefix))) ?? []) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.kind === 'folder' && path.split('/').length > DEPTH_AT_MOST) {
      // UNTRUSTED: no package or bundle is deep, and a path can be longer than the system takes.
      yield { path, kind: 'other', size: 0 };
      continue;
    }
    yield { path, kind: entry.kind, size: entry.kind === 'file' ? entry.size : 0 };
    if (entry.kind === 'folder') yield* walk(reader, root, path);
  }
}
