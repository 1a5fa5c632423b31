import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { UserFiles } from '../../ports/connector.ts';

/** A file of the user that psql reads, too. */
export interface UserFile {
  readonly path: string;
  /** As people write it: `~/.pgpass`. */
  readonly shown: string;
}

export type UserFileText =
  | { readonly text: string }
  /** There is none. */
  | { readonly text: null; readonly why: null }
  /** There is one that is not to be used; `why` goes on after its name. */
  | { readonly text: null; readonly why: string };

/** The file that a variable of the environment names, else the usual one. */
export function userFile(
  files: UserFiles,
  { variable, usual, windows }: { readonly variable: string; readonly usual: string; readonly windows: string },
): UserFile {
  const named = files.environment[variable];
  if (named !== undefined && named !== '') return { path: named, shown: `${named} (${variable})` };
  const folder = files.environment['APPDATA'];
  if (process.platform === 'win32' && folder !== undefined) {
    const path = join(folder, 'postgresql', windows);
    return { path, shown: path };
  }
  return { path: join(files.home, usual), shown: `~/${usual}` };
}

/** Its text. One that holds a secret and that others may read is as good as none: psql takes it for none, too. */
export async function readUserFile({ path }: UserFile, how: { readonly isPrivate: boolean }): Promise<UserFileText> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { text: null, why: 'is no plain file' };
    if (how.isPrivate && process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
      const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
      return { text: null, why: `was ignored: others than its owner may use it (mode ${mode})` };
    }
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { text: null, why: code === 'ENOENT' || code === 'ENOTDIR' ? null : 'cannot be read' };
  }
}
