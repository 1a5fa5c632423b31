import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { LedgerWriter } from '../ports/ledger.ts';

/**
 * Opens the home's ledger at its first use, once for all callers, and anew after it could not be opened or an append
 * failed: a ledger object is dead then, and a desk lives on for days.
 */
export function ledgerOpener(open: () => Promise<LedgerWriter>): () => Promise<LedgerWriter> {
  const state: { opened: Promise<LedgerWriter> | null } = { opened: null };
  return () => {
    if (state.opened !== null) return state.opened;
    const opening: Promise<LedgerWriter> = open().then((ledger) => watched(ledger, forget), forget);
    function forget(error: unknown): never {
      if (state.opened === opening) state.opened = null;
      throw error;
    }
    return (state.opened = opening);
  };
}

function watched(ledger: LedgerWriter, died: (error: unknown) => never): LedgerWriter {
  return {
    ...{ origin: ledger.origin, vkey: ledger.vkey, signer: ledger.signer, throwAway: ledger.throwAway },
    append: (type, data) => ledger.append(type, data).catch(pass),
    seal: (run, manifest) => ledger.seal(run, manifest).catch(pass),
  };

  function pass(error: unknown): never {
    // What was refused before anything was touched leaves the ledger alive.
    if (isAppError(error) && error.kind === 'bug') throw error;
    return died(error);
  }
}
