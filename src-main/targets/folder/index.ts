import type { Target } from '../../ports/target.ts';
import { folderOptions, type FolderOptions } from './options.ts';
import { openFolder } from './session.ts';

export const folder: Target<FolderOptions> = {
  id: 'folder',
  title: 'Folder',
  traits: { network: false, pinned: false },
  options: folderOptions,
  open: openFolder,
};
