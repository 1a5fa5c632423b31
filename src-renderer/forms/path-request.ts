import type { FolderEntry, FolderView } from '../../src-shared/contract/files.ts';

/** What a person is to choose. */
export interface PathRequest {
  /** `new-file`: a name that is not there yet. */
  readonly kind: 'folder' | 'file' | 'new-file';
  /** The heading: what it is for. */
  readonly title: string;
  /** Absolute path to begin at, a folder or a file; null: where documents go. */
  readonly start: string | null;
  /** Endings of files, without the first dot: `plan.yaml`. Absent: any. */
  readonly extensions?: readonly string[];
}

/** What of a folder is listed for a request: folders always, files where one can be chosen or its name be taken. */
export function listedFor({ kind, extensions }: PathRequest, { entries }: FolderView): readonly FolderEntry[] {
  if (kind === 'folder') return entries.filter((entry) => entry.kind === 'folder');
  return entries.filter(
    (entry) =>
      entry.kind === 'folder' ||
      (entry.kind === 'file' &&
        (extensions === undefined || extensions.some((ending) => entry.name.toLowerCase().endsWith(`.${ending}`)))),
  );
}

/** The folder and the last name of a path, in the spelling of either kind of system. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  if (at < 0) return { folder: '', name: path };
  // The root keeps its slash: `/` and `C:\`.
  const isRoot = at === 0 || (at === 2 && path[1] === ':');
  return { folder: path.slice(0, isRoot ? at + 1 : at), name: path.slice(at + 1) };
}

/** A name in a folder, joined as the folder's own path is spelled. */
export function joinPath(folder: string, name: string): string {
  const slash = folder.includes('\\') && !folder.startsWith('/') ? '\\' : '/';
  return folder.endsWith(slash) ? `${folder}${name}` : `${folder}${slash}${name}`;
}
