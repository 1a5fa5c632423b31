import { truncatedLedger } from './errors.ts';
import { judgeTail } from './judge-tail.ts';
import { persistAppend, type WritableLedger } from './persist-append.ts';
import { planAppend } from './plan-append.ts';
import { quarantineTail } from './quarantine.ts';
import { readCommitted, type Committed } from './read-committed.ts';
import { withReserve } from './reserve.ts';
import { scanEntries } from './scan-entries.ts';
import { EMPTY_TREE } from './tree-state.ts';

/**
 * The ledger as it is now: what other processes added since `known` is adopted, what a dead one left behind the signed
 * entries is recovered. Only under the ledger's lock.
 */
export async function refreshLedger(ledger: WritableLedger, known: Committed | null): Promise<Committed> {
  const { home, paths, key } = ledger;
  const { store } = home;
  const committed = await readCommitted({ reader: store.read, paths, key: key.key }, known);
  const found = (await store.read.stat(paths.entries))?.size ?? 0;
  if (found === committed.state.bytes) return committed;
  if (found < committed.state.bytes) {
    const { size } = committed.state.frontier;
    const scan = await scanEntries(store.read, paths.entries, { from: EMPTY_TREE, size });
    throw truncatedLedger(paths.folder, { signed: size, found: scan.state.frontier.size });
  }
  const recover = () => recoverTail(ledger, committed, found);
  // Everything up to the new checkpoint can be done again.
  return await withReserve({ store, path: paths.reserve }, recover, recover);
}

async function recoverTail(ledger: WritableLedger, committed: Committed, found: number): Promise<Committed> {
  const { home, paths } = ledger;
  const { store } = home;
  const tail = await judgeTail(store.read.blocks(paths.entries, committed.state.bytes), committed.state, paths.folder);
  const isTorn = found > tail.state.bytes;
  const tornBytes = isTorn ? await quarantineTail(store, paths, { state: tail.state, now: home.clock.now() }) : 0;
  const adopted = { ...committed, state: tail.state, lastTime: tail.lastTime ?? committed.lastTime };
  const data = { from: committed.state.frontier.size, to: tail.state.frontier.size, tornBytes };
  const append = planAppend(home, adopted, { type: 'ledger.recovered', data });
  return await persistAppend(ledger, adopted, { ...append, mayUseReserve: true });
}
