import { isAppError } from '../../src-shared/errors/app-error.ts';
import { currentLedger } from '../ledger/current-ledger.ts';
import { passphraseName } from '../ledger/ledger-key.ts';
import type { Core } from './core.ts';
import { unsettledRuns } from './run-records.ts';

/**
 * Writes down in the ledger which runs died, when nobody has to be asked for that. Otherwise the reason, one sentence:
 * whoever only wants to see the runs must not be stopped by a locked vault or a damaged ledger.
 */
export async function settleUnasked(core: Core): Promise<string | null> {
  if ((await unsettledRuns(core)).length === 0) return null;
  const { ledgerFolder, keysFolder } = core.home;
  try {
    const known = await currentLedger({ reader: core.store.read, ledgerFolder, keysFolder });
    // Opening it would make a new one.
    if (known === null) return 'This home has lost its ledger.';
    const vault = await core.vault();
    if (!(await vault.opensUnasked(passphraseName(known.key.name)))) return 'Its vault needs a passphrase.';
    await core.ledger();
    return null;
  } catch (error) {
    if (!isAppError(error) || error.kind === 'bug') throw error;
    return error.message;
  }
}
