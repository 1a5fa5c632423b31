import { checkLedger } from './check-ledger.ts';
import { FindingLog } from './finding-log.ts';
import type { FolderReader } from './folder-reader.ts';
import { drawVerdict, type VerifyOptions, type VerifyResult } from './verdict.ts';

const LEDGER_FILES = ['entries.jsonl', 'checkpoint', 'log.vkey'];

/** Verifies a ledger's folder. A writer may append meanwhile; its other files are not looked at. */
export async function verifyLedger(folder: FolderReader, options: VerifyOptions): Promise<VerifyResult> {
  const log = new FindingLog();
  const kinds = new Map<string, string>();
  for await (const { path, kind } of folder.list()) if (LEDGER_FILES.includes(path)) kinds.set(path, kind);
  for (const [path, kind] of kinds) {
    if (kind === 'link') log.add('PATH_LINK', 'A link is never followed.', { path });
    else if (kind !== 'file') log.add('PATH_SPECIAL', 'It is not a file.', { path });
  }
  for (const path of ['entries.jsonl', 'checkpoint']) {
    if (!kinds.has(path)) log.add('FILE_MISSING', 'The ledger lacks this file.', { path });
  }
  if (log.broken)
    return drawVerdict({ kind: 'ledger', signer: undefined, size: undefined, anchored: undefined }, options, log);
  const files = {
    entries: 'entries.jsonl',
    checkpoint: 'checkpoint',
    ...(kinds.has('log.vkey') ? { vkey: 'log.vkey' } : {}),
  };
  const check = await checkLedger({ folder, files, options, log });
  return drawVerdict({ kind: 'ledger', ...check }, options, log);
}
