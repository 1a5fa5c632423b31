import type { FindingLog } from './finding-log.ts';
import type { FolderReader } from './folder-reader.ts';
import { foldPath, isSafePath } from './safe-path.ts';

/** More than any package or bundle holds; a folder beyond it is not read further. */
const MAX_ENTRIES = 200_000;

/** Lists a hostile folder: path to size of its plain files. Everything that is no plain file or folder is a finding. */
export async function indexFolder(folder: FolderReader, log: FindingLog): Promise<Map<string, number>> {
  const files = new Map<string, number>();
  const seen = new Set<string>();
  for await (const { path, kind, size } of folder.list()) {
    if (seen.size >= MAX_ENTRIES) {
      log.add('TOO_MANY_FILES', `The folder holds more than ${MAX_ENTRIES} things.`);
      break;
    }
    const folded = foldPath(path);
    if (seen.has(folded))
      log.add('PATH_COLLISION', 'Another name differs from it only by case or Unicode form.', { path });
    seen.add(folded);
    if (!isSafePath(path))
      log.add('PATH_UNSAFE', 'The path does not stay inside the folder on every system.', { path });
    else if (kind === 'link') log.add('PATH_LINK', 'A link is never followed.', { path });
    else if (kind === 'other') log.add('PATH_SPECIAL', 'It is neither a file nor a folder.', { path });
    else if (kind === 'file') files.set(path, size);
  }
  return files;
}
