import { dirname, join } from 'node:path';
import { currentLedger, ledgerFolders } from '../ledger/current-ledger.ts';
import { ledgerGone } from '../ledger/errors.ts';
import type { StoreReader } from '../ports/store.ts';
import { homePaths } from '../store/home-paths.ts';

/**
 * The ledgers in a home, or in its folder of ledgers, the one being written first. `LEDGER/TRUNCATED` for a home that
 * names a ledger whose folder is gone.
 */
export async function ledgersIn(reader: StoreReader, path: string): Promise<readonly string[]> {
  for (const root of [path, dirname(path)]) {
    const { ledgerFolder, keysFolder } = homePaths(root);
    if (root !== path && ledgerFolder !== path) continue;
    const current = await currentLedger({ reader, ledgerFolder, keysFolder });
    const folders = (await ledgerFolders({ reader, ledgerFolder })).map((name) => join(ledgerFolder, name));
    if (current !== null && !folders.includes(current.folder)) throw ledgerGone(current.folder);
    const others = folders.filter((folder) => folder !== current?.folder);
    const all = current === null ? others : [current.folder, ...others];
    if (all.length > 0) return all;
  }
  return [];
}
