import type { Core } from './core.ts';

/** A home that never exported has no ledger yet and needs none for what is not an export: the first export creates it. */
export async function hasLedger(core: Core): Promise<boolean> {
  return ((await core.store.read.list(core.home.ledgerFolder)) ?? []).length > 0;
}
