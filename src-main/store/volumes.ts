import { existsSync, readdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** Where the file trees of this machine begin: drives, or `/` and what is mounted for this person. */
export function volumes(): readonly string[] {
  if (process.platform === 'win32') {
    return Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `${letter}:\\`).filter((root) => existsSync(root));
  }
  return ['/', ...mountFolders().flatMap((folder) => subfolders(folder))];
}

function mountFolders(): readonly string[] {
  if (process.platform === 'darwin') return ['/Volumes'];
  try {
    const { username } = userInfo();
    return [`/media/${username}`, `/run/media/${username}`];
  } catch {
    // A user without an entry in the system's list has nothing mounted by name.
    return [];
  }
}

function subfolders(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}
