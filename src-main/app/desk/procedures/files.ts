import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { FolderView } from '../../../../src-shared/contract/files.ts';
import { appError } from '../../../../src-shared/errors/app-error.ts';
import { browseFolder, folderOf, makeFolderIn, type BrowsedEntry } from '../../../store/browse-folders.ts';
import { volumes } from '../../../store/volumes.ts';
import type { Desk } from '../desk.ts';
import { procedures } from '../procedure.ts';

/** More than anybody scrolls through; the rest is reached by typing a path. */
const MOST_ENTRIES = 5_000;

export const fileProcedures = {
  list: procedures.files.list.handler(({ context: { desk }, input }) =>
    viewOf(desk, input.path === null ? desk.host.documents : absolute(input.path)),
  ),

  makeFolder: procedures.files.makeFolder.handler(async ({ input }) => ({
    path: await makeFolderIn(absolute(input.parent), input.name),
  })),

  reveal: procedures.files.reveal.handler(async ({ context: { desk }, input }) => {
    const folder = await folderOf(absolute(input.path));
    return { shown: desk.host.reveal !== null && (await desk.host.reveal(folder)) };
  }),
};

async function viewOf(desk: Desk, path: string): Promise<FolderView> {
  const { entries, left } = await browseFolder(path, MOST_ENTRIES);
  const parent = dirname(path);
  return {
    path,
    parent: parent === path ? null : parent,
    entries: entries.map(entryOf),
    left,
    places: placesOf(desk),
    freeBytes: await desk.core.store.read.freeBytes(path),
  };
}

function entryOf({ name, kind, bytes, modifiedMs }: BrowsedEntry): FolderView['entries'][number] {
  return { name, kind, bytes, modified: modifiedMs === null ? null : new Date(modifiedMs).toISOString() };
}

/** As it was typed, made whole: `~` leads to the person's own folder; anything else must be absolute. */
function absolute(path: string): string {
  const typed = path.trim();
  const whole = typed === '~' || /^~[/\\]/.test(typed) ? join(homedir(), typed.slice(1)) : typed;
  if (isAbsolute(whole) && !whole.includes('\0')) return resolve(whole);
  throw appError('SPOOL/ABSENT', {
    message: `"${path}" does not say where it begins.`,
    remedy: 'Give the whole path, or one that begins with ~.',
    context: { path },
  });
}

function placesOf({ host }: Desk): FolderView['places'] {
  const home = homedir();
  const places: FolderView['places'] = [{ kind: 'home', path: home }];
  if (host.documents !== home) places.push({ kind: 'documents', path: host.documents });
  return [...places, ...volumes().map((path) => ({ kind: 'volume' as const, path }))];
}
