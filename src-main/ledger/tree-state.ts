import { appendLeaf, EMPTY_FRONTIER, leafHash, type Frontier } from '../../src-shared/proof/merkle.ts';
import { toHex } from '../../src-shared/util/hex.ts';
import { nodePrimitives } from './node-primitives.ts';

/** How far a ledger was read: a value, so that a failed append leaves the state before it. */
export interface TreeState {
  readonly frontier: Frontier;
  /** Length of the lines taken, with their ends. */
  readonly bytes: number;
  /** Leaf hash of the last line; hex, for `prev`. */
  readonly lastLeaf: string | undefined;
}

export const EMPTY_TREE: TreeState = { frontier: EMPTY_FRONTIER, bytes: 0, lastLeaf: undefined };

/** The state after one more line (without LF). */
export function takeLine(state: TreeState, line: Uint8Array): TreeState {
  const leaf = leafHash(nodePrimitives, line);
  return {
    frontier: appendLeaf(nodePrimitives, state.frontier, leaf),
    bytes: state.bytes + line.length + 1,
    lastLeaf: toHex(leaf),
  };
}
