import { create } from 'zustand';
import type { EntryFilter } from '../../../src-shared/contract/evidence.ts';

interface LedgerFilter {
  readonly filter: EntryFilter;
  readonly change: (filter: EntryFilter) => void;
}

/** Which entries of the ledger are listed: the side panel says it, the list follows. */
export const useLedgerFilter = create<LedgerFilter>()((set) => ({
  filter: {},
  change: (filter) => set({ filter }),
}));
