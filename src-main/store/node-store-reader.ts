import { constants } from 'node:fs';
import { lstat, open, readdir, stat, statfs, type FileHandle } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { FileReader, StoreEntry, StoreReader } from '../ports/store.ts';
import { errnoOf, readError } from './errors.ts';
import { NodeFileReader } from './node-file-reader.ts';

const BLOCK_BYTES = 1024 * 1024;
const SMALL_BLOCK_BYTES = 4096;
// Both are absent on Windows. Without O_NONBLOCK, opening a pipe that replaced the file would wait for ever.
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Reads files and folders; regular files only, never through a link in the last component. */
export function createNodeStoreReader(): StoreReader {
  return { file: readFile, blocks: readBlocks, open: openReader, list: listFolder, stat: statOne, freeBytes };
}

async function readFile(path: string, maxBytes: number): Promise<Uint8Array | null> {
  const handle = await openRegular(path, { absentIsNull: true });
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    if (size > maxBytes) throw tooLarge(path, maxBytes);
    return await readUpTo(handle, path, { expected: size, maxBytes });
  } catch (error) {
    throw readError(error, path);
  } finally {
    await handle.close();
  }
}

/** Reads to the end: the file may be growing or shrinking meanwhile, and `maxBytes` holds all the same. */
async function readUpTo(
  handle: FileHandle,
  path: string,
  limit: { readonly expected: number; readonly maxBytes: number },
): Promise<Uint8Array> {
  let bytes = new Uint8Array(limit.expected + 1);
  let length = 0;
  for (;;) {
    if (length === bytes.length) {
      const larger = new Uint8Array(bytes.length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
    if (length > limit.maxBytes) throw tooLarge(path, limit.maxBytes);
  }
}

async function* readBlocks(path: string, start = 0): AsyncGenerator<Uint8Array> {
  const handle = await openRegular(path, { absentIsNull: false });
  if (handle === null) return;
  try {
    const { size } = await handle.stat();
    for (let position = start; ;) {
      // Fresh memory is cleared memory: thousands of small files must not cost a block each. A file may grow meanwhile.
      const block = new Uint8Array(Math.min(BLOCK_BYTES, Math.max(SMALL_BLOCK_BYTES, size - position)));
      const { bytesRead } = await handle.read(block, 0, block.length, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield block.subarray(0, bytesRead);
    }
  } catch (error) {
    throw readError(error, path);
  } finally {
    await handle.close();
  }
}

async function openReader(path: string): Promise<FileReader> {
  const handle = await openRegular(path, { absentIsNull: false });
  if (handle === null) throw notRegular(path);
  return new NodeFileReader(handle, path);
}

async function listFolder(path: string): Promise<readonly StoreEntry[] | null> {
  try {
    const names = (await readdir(path, 'buffer')).map((raw) => ({ raw, name: raw.toString() }));
    names.sort((left, right) => (left.name < right.name ? -1 : Number(left.name > right.name)));
    const entries: StoreEntry[] = [];
    for (const { raw, name } of names) {
      if (!raw.equals(Buffer.from(name))) {
        // Not UTF-8, so nothing can be opened by this text; that it is there must be seen all the same.
        entries.push({ name, kind: 'other', size: 0, modifiedMs: 0 });
        continue;
      }
      // Gone between the two calls: as if it had never been listed.
      const entry = await statOne(join(path, name));
      if (entry !== null) entries.push(entry);
    }
    return entries;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw readError(error, path);
  }
}

async function statOne(path: string): Promise<StoreEntry | null> {
  try {
    const found = await lstat(path);
    return { name: basename(path), kind: kindOf(found), size: found.size, modifiedMs: found.mtimeMs };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw readError(error, path);
  }
}

/** Looks before opening, since opening a device can have effects; looks again after, since it may have been exchanged. */
async function openRegular(path: string, how: { readonly absentIsNull: boolean }): Promise<FileHandle | null> {
  let handle: FileHandle | undefined;
  try {
    if (!(await lstat(path)).isFile()) throw notRegular(path);
    handle = await open(path, READ_FLAGS);
    if (!(await handle.stat()).isFile()) throw notRegular(path);
    return handle;
  } catch (error) {
    await handle?.close();
    if (how.absentIsNull && isAbsent(error)) return null;
    throw errnoOf(error) === 'ELOOP' ? notRegular(path) : readError(error, path);
  }
}

function kindOf(found: Stats): StoreEntry['kind'] {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'folder';
  return found.isSymbolicLink() ? 'link' : 'other';
}

function isAbsent(error: unknown): boolean {
  return errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR';
}

function notRegular(path: string): Error {
  return appError('SPOOL/READ_FAILED', {
    message: `${path} is not a regular file.`,
    remedy: 'Links, folders, devices and pipes are not read; put the file itself there.',
    context: { path },
  });
}

function tooLarge(path: string, maxBytes: number): Error {
  return appError('SPOOL/READ_FAILED', {
    message: `${path} is larger than the ${maxBytes} bytes allowed for it.`,
    remedy: 'Check whether this is the file you mean.',
    context: { path, maxBytes },
  });
}

/** A folder that is yet to be made lies on the volume of the nearest one that is there. */
async function freeBytes(path: string): Promise<number | null> {
  let at = path;
  while (!(await isThere(at)) && dirname(at) !== at) at = dirname(at);
  try {
    const volume = await statfs(at);
    return volume.bavail * volume.bsize;
  } catch {
    return null;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}
