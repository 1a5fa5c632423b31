import type { LedgerHome } from '../ledger/ledger-home.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import { systemFacts } from '../ledger/system-facts.ts';
import type { LedgerWriter } from '../ports/ledger.ts';
import type { Core } from './core.ts';
import { endInLedger } from './end-in-ledger.ts';
import { removeEmptyPackage } from './remove-empty-package.ts';
import { settleInterrupted, type RunFacts } from './run-records.ts';

/** The home's ledger for appending. Runs that died since the last time are written down as interrupted first. */
export async function openHomeLedger(core: Core): Promise<LedgerWriter> {
  const ledger = await openLedger(await ledgerHome(core));
  await settleInterrupted(core, async (facts) => {
    // The end may be in the ledger already: the process died, or the disk was full, between the entry and the record.
    const end = (await endInLedger(core, facts)) ?? (await tellInterrupted(core, ledger, facts));
    if (end.state === 'interrupted') await removeEmptyPackage(core, facts.folder, facts.run);
    return end;
  });
  return ledger;
}

async function tellInterrupted(core: Core, ledger: LedgerWriter, facts: RunFacts): Promise<Partial<RunFacts>> {
  const { seq, size } = await ledger.append('export.interrupted', {
    outcome: 'failure',
    correlation: facts.run,
    plan: { name: facts.plan },
    started: facts.started,
  });
  return { state: 'interrupted', ended: core.clock.now().toISOString(), ledger: { seq, size } };
}

/** Everything the ledger needs of a home. */
export async function ledgerHome(core: Core): Promise<LedgerHome> {
  return {
    store: core.store,
    locks: core.locks,
    clock: core.clock,
    vault: await core.vault(),
    ledgerFolder: core.home.ledgerFolder,
    keysFolder: core.home.keysFolder,
    installation: core.installation,
    throwAway: core.throwAway,
    facts: systemFacts(core.app),
  };
}
