import { continues, MAX_ENTRY_BYTES, parseEntry } from '../../src-shared/proof/entry.ts';
import { LineSplitter } from '../../src-shared/proof/line-splitter.ts';
import type { StoreReader } from '../ports/store.ts';
import { blocksFrom } from './scan-entries.ts';
import { EMPTY_TREE, takeLine } from './tree-state.ts';

/** The first of `size` entries that is visibly wrong; the chain tells what the root alone does not. */
export async function findDamage(reader: StoreReader, path: string, size: number): Promise<number> {
  let state = EMPTY_TREE;
  const splitter = new LineSplitter(MAX_ENTRY_BYTES);
  for await (const block of blocksFrom(reader, path, 0)) {
    for (const line of splitter.push(block)) {
      const seq = state.frontier.size;
      if (seq === size) return size - 1;
      const entry = parseEntry(line);
      if (!entry.ok) return seq;
      const place = continues(entry.value, seq, state.lastLeaf);
      // A wrong `prev` accuses the line before: the later line remembers what that one was.
      if (place !== 'yes') return place === 'prev' && seq > 0 ? seq - 1 : seq;
      state = takeLine(state, line);
    }
    if (splitter.overlong) return state.frontier.size;
  }
  // Every link holds, so only the last line, which none vouches for, can have been changed.
  return Math.max(0, Math.min(state.frontier.size, size - 1));
}
