import { join } from 'node:path';
import type { Held } from '../ports/lock.ts';
import { ledgerBusy } from './errors.ts';
import type { LedgerHome } from './ledger-home.ts';

const LOCK_TIMEOUT_MS = 30_000;

/** Alone in making ledgers in this home. */
export async function lockCreation(home: LedgerHome): Promise<Held> {
  await home.store.makeFolder(home.ledgerFolder);
  const held = await home.locks.acquire(
    join(home.ledgerFolder, 'create.sqlite'),
    home.lockTimeoutMs ?? LOCK_TIMEOUT_MS,
  );
  if (held === null) throw ledgerBusy(home.ledgerFolder);
  return held;
}
