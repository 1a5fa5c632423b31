import { writeFrontierCache } from './frontier-cache.ts';
import type { LedgerHome } from './ledger-home.ts';
import type { LedgerKey } from './ledger-key.ts';
import type { LedgerPaths } from './ledger-paths.ts';
import { persistLines } from './persist-lines.ts';
import type { PlannedAppend } from './plan-append.ts';
import type { Committed } from './read-committed.ts';
import { withReserve } from './reserve.ts';

/** One ledger that may be written: its place and its key. */
export interface WritableLedger {
  readonly home: LedgerHome;
  readonly paths: LedgerPaths;
  readonly key: LedgerKey;
}

/** Makes a planned append durable. Only under the ledger's lock. */
export async function persistAppend(
  { home: { store }, paths, key }: WritableLedger,
  committed: Committed,
  append: PlannedAppend & { readonly mayUseReserve: boolean },
): Promise<Committed> {
  const request = { store, paths, key };
  const once = () => persistLines(request, committed.state, append.lines);
  const again = () => persistLines({ ...request, discardTail: true }, committed.state, append.lines);
  const persisted = append.mayUseReserve
    ? await withReserve({ store, path: paths.reserve }, once, again)
    : await once();
  await writeFrontierCache(store, paths.frontier, persisted.state);
  return { ...persisted, lastTime: append.now.toISOString() };
}
