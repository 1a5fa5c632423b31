import { MAX_ENTRY_BYTES } from '../../src-shared/proof/entry.ts';
import { LineSplitter } from '../../src-shared/proof/line-splitter.ts';
import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { StoreReader } from '../ports/store.ts';
import { takeLine, type TreeState } from './tree-state.ts';

export interface Scan {
  readonly state: TreeState;
  /** A copy of the last line taken; null when none was. */
  readonly lastLine: Uint8Array | null;
}

/**
 * Takes lines from `from` on until there are `size`, or the file ends, or a line is too long for an entry. Lines are only
 * hashed: when the root is the signed one, they are the lines that were signed.
 */
export async function scanEntries(
  reader: StoreReader,
  path: string,
  range: { readonly from: TreeState; readonly size: number },
): Promise<Scan> {
  let state = range.from;
  let lastLine: Uint8Array | null = null;
  if (state.frontier.size >= range.size) return { state, lastLine };
  const splitter = new LineSplitter(MAX_ENTRY_BYTES);
  for await (const block of blocksFrom(reader, path, state.bytes)) {
    for (const line of splitter.push(block)) {
      state = takeLine(state, line);
      if (state.frontier.size === range.size) return { state, lastLine: line.slice() };
      lastLine = line;
    }
    // A line is a view of its block until the next one is cut.
    lastLine = lastLine?.slice() ?? null;
    if (splitter.overlong) break;
  }
  return { state, lastLine };
}

/** A missing file has no lines. */
export async function* blocksFrom(reader: StoreReader, path: string, start: number): AsyncGenerator<Uint8Array> {
  try {
    yield* reader.blocks(path, start);
  } catch (error) {
    if (!isAppError(error, 'SPOOL/ABSENT')) throw error;
  }
}
