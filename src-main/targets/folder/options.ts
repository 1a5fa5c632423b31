import { resolve } from 'node:path';
import { z } from 'zod';
import { textOption } from '../kit/text-option.ts';

/** A folder that this machine reaches, perhaps on a share. Kept absolute: a target means the same from everywhere. */
export const folderOptions = z.strictObject({
  path: textOption('Folder on this machine', 'path').overwrite((path) => resolve(path)),
});

export type FolderOptions = z.infer<typeof folderOptions>;
