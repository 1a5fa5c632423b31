import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { chmod, link, lstat, mkdir, open, rename, rmdir, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Store } from '../ports/store.ts';
import { errnoOf, existsError, notEmptyError, writeError } from './errors.ts';
import { openFileWriter } from './node-file-writer.ts';
import { createNodeStoreReader } from './node-store-reader.ts';

/** Owner may do everything, nobody else anything. */
const FOLDER_MODE = 0o700;
const MODE_BITS = 0o777;
const ON_WINDOWS = process.platform === 'win32';
/** On Windows a scanner may hold a fresh file open for a moment. */
const RENAME_ATTEMPTS = 10;
/** File systems without hard links answer with one of these. */
const NO_LINKS = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EINVAL']);

/** The disk of this machine. */
export function createNodeStore(): Store {
  return {
    create: openNew,
    openAppend: openAppending,
    replace: replaceFile,
    renameNew: renameToNew,
    makeFolder,
    remove: removeOne,
    widen,
    read: createNodeStoreReader(),
  };
}

async function openNew(
  path: string,
  { bulk }: { readonly bulk: boolean } = { bulk: false },
): ReturnType<Store['create']> {
  const writer = await openFileWriter(path, { exclusive: true, bulk });
  await syncFolder(dirname(path));
  return writer;
}

/** A name that appears by appending must be durable too, or the first sync would keep bytes that have no name. */
async function openAppending(path: string): ReturnType<Store['openAppend']> {
  try {
    const writer = await openFileWriter(path, { exclusive: true });
    await syncFolder(dirname(path));
    return writer;
  } catch (error) {
    if (!(await isThere(path))) throw error;
    return await openFileWriter(path, { exclusive: false });
  }
}

async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await using writer = await openFileWriter(temporary, { exclusive: true });
    await writer.write(bytes);
    await writer.sync();
    await writer.close();
    await renameOver(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw writeError(error, path);
  }
}

/**
 * Files: link(2) fails when the name is taken, so nothing is replaced even in a race. Folders, and files where there are
 * no hard links: look, then rename. For folders the only thing a race could replace is an empty folder (rename(2) refuses
 * others), so nothing can be lost; for files without hard links the window between the two calls remains.
 */
async function renameToNew(from: string, to: string): Promise<void> {
  try {
    const source = await lstat(from);
    if (!source.isFile() || !(await linkNew(from, to))) await renameUnlessThere(from, to);
    await syncFolder(dirname(to));
    if (dirname(from) !== dirname(to)) await syncFolder(dirname(from));
  } catch (error) {
    throw writeError(error, to);
  }
}

async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    if (NO_LINKS.has(errnoOf(error) ?? '')) return false;
    throw error;
  }
  await unlink(from);
  return true;
}

async function renameUnlessThere(from: string, to: string): Promise<void> {
  if (await isThere(to)) throw existsError(to);
  try {
    await renameOver(from, to);
  } catch (error) {
    // Systems answer differently when the name was taken meanwhile (ENOTDIR, EISDIR, EPERM); the fact is the same.
    if (await isThere(to)) throw existsError(to);
    throw error;
  }
}

async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const mayPass =
        ON_WINDOWS && attempt < RENAME_ATTEMPTS && ['EPERM', 'EACCES', 'EBUSY'].includes(errnoOf(error) ?? '');
      if (!mayPass) throw error;
      await delay(10 * attempt);
    }
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    const missing: string[] = [];
    let at = path;
    for (let found = await statOrNull(at); found === null; found = await statOrNull(at)) {
      missing.push(at);
      if (dirname(at) === at) break;
      at = dirname(at);
    }
    if (missing.length === 0 && !(await stat(path)).isDirectory()) throw existsError(path);
    for (const folder of missing.reverse()) await makeOne(folder);
  } catch (error) {
    throw writeError(error, path);
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, FOLDER_MODE);
  } catch (error) {
    // Somebody else made it at the same moment; that is what was asked for.
    if (errnoOf(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    throw error;
  }
  if (!ON_WINDOWS && ((await stat(folder)).mode & MODE_BITS) !== FOLDER_MODE) await chmod(folder, FOLDER_MODE);
  await syncFolder(dirname(folder));
}

async function removeOne(path: string): Promise<void> {
  try {
    if ((await lstat(path)).isDirectory()) await removeEmpty(path);
    else await unlink(path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw writeError(error, path);
  }
}

/** rmdir(2) takes no folder that holds something. */
async function removeEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error) ?? '')) throw notEmptyError(folder);
    throw error;
  }
}

async function widen(path: string, mode: number): Promise<void> {
  if (ON_WINDOWS) return;
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      await handle.chmod(mode);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw writeError(error, path);
  }
}

/** Makes the names in a folder durable. Windows has no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (ON_WINDOWS) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems cannot sync a folder and say so; everything else is a failure.
    if (!['EINVAL', 'ENOTSUP'].includes(errnoOf(error) ?? '')) throw writeError(error, folder);
  } finally {
    await handle.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}
