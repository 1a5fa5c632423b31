import { parseEntry } from '../../src-shared/proof/entry.ts';
import type { LedgerWriter } from '../ports/ledger.ts';
import { createLedger, finishLedger, hasDraft } from './create-ledger.ts';
import { lockCreation } from './creation-lock.ts';
import { currentLedger, ledgerFolders, type KnownLedger, type LedgerPlace } from './current-ledger.ts';
import { brokenLedger, ledgerGone, ledgerKeyLost } from './errors.ts';
import { FileLedger } from './file-ledger.ts';
import type { LedgerHome } from './ledger-home.ts';
import { loadLedgerKey } from './ledger-key.ts';
import { ledgerPaths } from './ledger-paths.ts';
import { scanEntries } from './scan-entries.ts';
import { EMPTY_TREE } from './tree-state.ts';

/**
 * Opens the ledger of a home for appending; makes it when the home has none yet. Recovers what a crash left. Throws
 * `LEDGER/BROKEN`, `LEDGER/TRUNCATED` (read it with `openLedgerReader`), `LEDGER/KEY_LOST`, `LEDGER/BUSY`, `VAULT/LOCKED`.
 */
export async function openLedger(home: LedgerHome): Promise<LedgerWriter> {
  return await openKnownLedger(home, (await settledLedger(home)) ?? (await firstLedger(home)));
}

/** Opens a ledger whose public key the home knows. */
export async function openKnownLedger(home: LedgerHome, { key, folder }: KnownLedger): Promise<LedgerWriter> {
  if ((await home.store.read.stat(folder)) === null) throw ledgerGone(folder);
  const paths = ledgerPaths(folder);
  const loaded = await loadLedgerKey(home, key);
  const ledger = new FileLedger({ home, paths, key: loaded }, await isThrowAway(home, folder));
  await ledger.recover();
  return ledger;
}

/** The current ledger, unless there is none or one is just being made. */
async function settledLedger(home: LedgerHome): Promise<KnownLedger | null> {
  return (await hasDraft(home)) ? null : await currentLedger(placeOf(home));
}

async function firstLedger(home: LedgerHome): Promise<KnownLedger> {
  using _held = await lockCreation(home);
  await finishLedger(home);
  const place = placeOf(home);
  const current = await currentLedger(place);
  if (current !== null) return current;
  const [orphan] = await ledgerFolders(place);
  // Entries without the key they were signed by: making a new ledger here would hide that the old one was there.
  if (orphan !== undefined) throw ledgerKeyLost(orphan, 'its public key is missing in the home.');
  await createLedger(home, {});
  const made = await currentLedger(place);
  if (made === null) throw brokenLedger(home.ledgerFolder, 'it was made and is not there.');
  return made;
}

export function placeOf(home: LedgerHome): LedgerPlace {
  return { reader: home.store.read, ledgerFolder: home.ledgerFolder, keysFolder: home.keysFolder };
}

/** Entry 0 says it; whether that entry is what was signed is found when the ledger is examined. */
async function isThrowAway(home: LedgerHome, folder: string): Promise<boolean> {
  const { entries } = ledgerPaths(folder);
  const { lastLine } = await scanEntries(home.store.read, entries, { from: EMPTY_TREE, size: 1 });
  const entry = lastLine === null ? null : parseEntry(lastLine);
  return entry?.ok === true && entry.value.kind === 'event' && entry.value.data['throwAway'] === true;
}
