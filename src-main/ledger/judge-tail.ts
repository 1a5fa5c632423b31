import { continues, MAX_ENTRY_BYTES, parseEntry } from '../../src-shared/proof/entry.ts';
import { LineSplitter } from '../../src-shared/proof/line-splitter.ts';
import { brokenLedger } from './errors.ts';
import { takeLine, type TreeState } from './tree-state.ts';

export interface Tail {
  /** After the whole lines that were written but not signed yet. */
  readonly state: TreeState;
  /** Time of the last of them; undefined when there is none. */
  readonly lastTime: string | undefined;
}

/**
 * Judges what follows the signed entries: whole lines that continue the chain are adopted; what was torn (no end, or
 * pages that never reached the disk) is left to be quarantined; a whole line that is anything else breaks the ledger.
 */
export async function judgeTail(blocks: AsyncIterable<Uint8Array>, from: TreeState, folder: string): Promise<Tail> {
  let tail: Tail = { state: from, lastTime: undefined };
  const splitter = new LineSplitter(MAX_ENTRY_BYTES);
  for await (const block of blocks) {
    for (const line of splitter.push(block)) {
      // No entry holds a NUL: JSON escapes it. After a power cut, pages that were never written read as NUL.
      if (line.includes(0)) return tail;
      tail = adopt(tail, line, folder);
    }
    if (splitter.overlong) throw beyond(folder, tail.state.frontier.size);
  }
  return tail;
}

function adopt({ state }: Tail, line: Uint8Array, folder: string): Tail {
  const seq = state.frontier.size;
  const entry = parseEntry(line);
  if (!entry.ok || continues(entry.value, seq, state.lastLeaf) !== 'yes') throw beyond(folder, seq);
  return { state: takeLine(state, line), lastTime: entry.value.time };
}

function beyond(folder: string, seq: number): Error {
  return brokenLedger(folder, `what follows the signed entries is no entry ${seq} of it.`, seq);
}
