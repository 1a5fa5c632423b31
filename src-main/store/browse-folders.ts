import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { appError, type AppError } from '../../src-shared/errors/app-error.ts';
import { errnoOf, readError, writeError } from './errors.ts';

/** What a person sees of a folder while choosing in it. */
export interface BrowsedEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number | null;
  readonly modifiedMs: number | null;
}

export interface BrowsedFolder {
  readonly entries: readonly BrowsedEntry[];
  /** Entries that are there and were not looked at. */
  readonly left: number;
}

const byName = new Intl.Collator('en', { numeric: true });

/**
 * Lists a folder for choosing in it: folders first, hidden names left out, links taken for what they lead to, since people
 * keep their folders behind links. At most `most` entries are looked at.
 */
export async function browseFolder(path: string, most: number): Promise<BrowsedFolder> {
  try {
    const names = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
    names.sort((a, b) => Number(b.isDirectory()) - Number(a.isDirectory()) || byName.compare(a.name, b.name));
    const entries = await Promise.all(names.slice(0, most).map(({ name }) => look(join(path, name))));
    entries.sort((a, b) => rank(a) - rank(b) || byName.compare(a.name, b.name));
    return { entries, left: Math.max(0, names.length - most) };
  } catch (error) {
    throw errnoOf(error) === 'ENOENT'
      ? noFolder(path)
      : errnoOf(error) === 'ENOTDIR'
        ? notAFolder(path)
        : readError(error, path);
  }
}

/** Makes one folder in another; a name that is taken is `SPOOL/EXISTS`. */
export async function makeFolderIn(parent: string, name: string): Promise<string> {
  if (name.trim() === '' || /[/\\\0]/.test(name) || name === '.' || name === '..') {
    throw appError('SPOOL/WRITE_FAILED', {
      message: `"${name}" cannot be the name of a folder.`,
      remedy: 'Use a name without slashes.',
    });
  }
  const path = join(parent, name);
  try {
    await mkdir(path, { mode: 0o700 });
    return path;
  } catch (error) {
    throw writeError(error, path);
  }
}

/** The folder itself, or the one that a file is in. */
export async function folderOf(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? path : dirname(path);
  } catch (error) {
    throw errnoOf(error) === 'ENOENT' ? noFolder(path) : readError(error, path);
  }
}

/** A name that leads nowhere, or that may not be looked at, is shown all the same. */
async function look(path: string): Promise<BrowsedEntry> {
  const name = basename(path);
  try {
    const found = await stat(path);
    const kind = found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other';
    return { name, kind, bytes: kind === 'file' ? found.size : null, modifiedMs: found.mtimeMs };
  } catch {
    return { name, kind: 'other', bytes: null, modifiedMs: null };
  }
}

const rank = ({ kind }: BrowsedEntry): number => (kind === 'folder' ? 0 : 1);

function noFolder(path: string): AppError {
  return appError('SPOOL/ABSENT', {
    message: `There is no folder ${path}.`,
    remedy: 'Check the path.',
    context: { path },
  });
}

function notAFolder(path: string): AppError {
  return appError('SPOOL/READ_FAILED', {
    message: `${path} is not a folder.`,
    remedy: 'Choose the folder that it is in.',
    context: { path },
  });
}
