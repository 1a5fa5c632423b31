import type { FolderReader } from './folder-reader.ts';
import type { FolderKind } from './verdict.ts';

const MARKS: Readonly<Record<FolderKind, readonly string[]>> = {
  bundle: ['bagit.txt', 'manifest-sha256.txt'],
  ledger: ['entries.jsonl', 'checkpoint'],
  package: [
    'delivery.dsse.json',
    'datapackage.json',
    'SHA256SUMS',
    'ledger-entry.json',
    'delivery.tlog-proof',
    'delivery.vkey',
  ],
};

/** What a folder means to be, by the names at its top; `undefined` when it is none of these. One piece is enough: the rest is then missing. */
export async function detectKind(folder: FolderReader): Promise<FolderKind | undefined> {
  const names = new Set<string>();
  for await (const { path } of folder.list()) {
    if (Object.values(MARKS).some((marks) => marks.includes(path))) names.add(path);
  }
  return (['bundle', 'ledger', 'package'] as const).find((kind) => MARKS[kind].some((mark) => names.has(mark)));
}
