import { oc } from '@orpc/contract';
import { z } from 'zod';
import { localPath } from './parts.ts';

export const folderEntry = z.object({
  name: z.string(),
  /** What a link leads to counts. `other`: neither, or it could not be seen. */
  kind: z.enum(['file', 'folder', 'other']),
  bytes: z.number().nullable(),
  modified: z.string().nullable(),
});
export type FolderEntry = z.infer<typeof folderEntry>;

export const folderView = z.object({
  path: localPath,
  parent: localPath.nullable(),
  /** Folders first, each kind by name; hidden ones left out. */
  entries: z.array(folderEntry),
  /** Entries beyond those given: a folder may hold a million. */
  left: z.number(),
  /** Where a person usually begins. The name of a volume is its path. */
  places: z.array(z.object({ kind: z.enum(['home', 'documents', 'volume']), path: localPath })),
  /** On the volume of this folder; null when the system does not say. */
  freeBytes: z.number().nullable(),
});
export type FolderView = z.infer<typeof folderView>;

export const files = {
  /** A folder's content for choosing in it; null: where documents go. `~` stands for the person's own folder. */
  list: oc.input(z.object({ path: localPath.nullable() })).output(folderView),
  makeFolder: oc
    .input(z.object({ parent: localPath, name: z.string().max(255) }))
    .output(z.object({ path: localPath })),
  /** Shows a folder, or the folder of a file, in the system's file manager; false where the host cannot. */
  reveal: oc.input(z.object({ path: localPath })).output(z.object({ shown: z.boolean() })),
};
