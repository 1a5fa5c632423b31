import { dirname, join } from 'node:path';
import type { Store } from '../../ports/store.ts';

export interface WidenRequest {
  /** Octal permission bits of the files. */
  readonly mode: string;
  /** Paths in the package, `/` between their parts. */
  readonly files: readonly string[];
}

/**
 * Gives all files of a package the plan's mode, and its folders the same with `x` where it has `r`. The package's own
 * folder comes last, so that nobody looks into a package whose inside is still closed.
 */
export async function widenPackage(store: Store, folder: string, { mode, files }: WidenRequest): Promise<void> {
  const ofFiles = Number.parseInt(mode, 8);
  const ofFolders = ofFiles | ((ofFiles & 0o444) >> 2);
  const folders = new Set(files.flatMap(foldersOf));
  for (const file of files) await store.widen(join(folder, ...file.split('/')), ofFiles);
  for (const inner of folders) await store.widen(join(folder, ...inner.split('/')), ofFolders);
  await store.widen(folder, ofFolders);
}

/** `a/b`, `a` of `a/b/c`. */
function foldersOf(path: string): string[] {
  const parent = dirname(path);
  return parent === '.' ? [] : [parent, ...foldersOf(parent)];
}
