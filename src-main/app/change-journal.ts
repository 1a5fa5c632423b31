import { isAppError } from '../../src-shared/errors/app-error.ts';
import { currentLedger } from '../ledger/current-ledger.ts';
import { passphraseName } from '../ledger/ledger-key.ts';
import type { Core } from './core.ts';
import { hasLedger } from './has-ledger.ts';

/** Writes a change of a record into the ledger. */
export type Journal = (type: string, entry: Readonly<Record<string, unknown>>) => Promise<void>;

/**
 * The journal of changes, opened before anything is changed: what cannot be written down does not happen. A home that
 * never exported has no ledger yet and needs none for its records: the first export makes it.
 */
export async function openJournal(core: Core): Promise<Journal> {
  if (!(await hasLedger(core))) return () => Promise.resolve();
  const ledger = await core.ledger();
  return async (type, entry) => {
    await ledger.append(type, { outcome: 'success', ...entry });
  };
}

/** The journal when it opens without a person being asked; null: it does not open now. */
export async function openJournalUnasked(core: Core): Promise<Journal | null> {
  try {
    if (await hasLedger(core)) {
      const { ledgerFolder, keysFolder } = core.home;
      const known = await currentLedger({ reader: core.store.read, ledgerFolder, keysFolder });
      const vault = await core.vault();
      if (known === null || !(await vault.opensUnasked(passphraseName(known.key.name)))) return null;
    }
    return await openJournal(core);
  } catch (error) {
    if (!isAppError(error) || error.kind === 'bug') throw error;
    return null;
  }
}
