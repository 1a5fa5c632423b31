import { expect, it } from 'vitest';
import { HashTree } from '../../../src-shared/proof/hash-tree.ts';
import { appendLeaf, EMPTY_FRONTIER, frontierRoot, leafHash } from '../../../src-shared/proof/merkle.ts';
import { inclusionProof, verifyInclusion } from '../../../src-shared/proof/merkle-proof.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { nodePrimitives as p } from '../../fakes/node-primitives.ts';

const leaves = Array.from({ length: 40 }, (_, n) => leafHash(p, utf8(`leaf ${n}`)));

function treeOf(count: number): HashTree {
  const tree = new HashTree(p);
  for (const leaf of leaves.slice(0, count)) tree.append(leaf);
  return tree;
}

it('gives the root and the paths of RFC 6962 for every leaf of every size up to 40', () => {
  const whole = treeOf(leaves.length);
  let frontier = EMPTY_FRONTIER;
  for (const [index, leaf] of leaves.entries()) {
    frontier = appendLeaf(p, frontier, leaf);
    const size = index + 1;
    const root = frontierRoot(p, frontier);
    expect(whole.root(size)).toEqual(root);
    for (let at = 0; at < size; at++) {
      const path = whole.path(at, size).map((node) => node.hash);
      expect(path).toEqual(inclusionProof(p, leaves.slice(0, size), at));
      const claim = { leaf: leaves[at] ?? new Uint8Array(0), index: at, size, root };
      expect(verifyInclusion(p, claim, path)).toBe(true);
    }
  }
});

it('says of each sibling on which side it is and which leaves it stands for', () => {
  const facts = treeOf(7)
    .path(4, 7)
    .map(({ side, start, end }) => [side, start, end]);
  expect(facts).toEqual([
    ['right', 5, 6],
    ['right', 6, 7],
    ['left', 0, 4],
  ]);
});

it('refuses a leaf that is not in the tree', () => {
  expect(() => treeOf(3).path(3, 3)).toThrow();
  expect(() => treeOf(3).path(1, 4)).toThrow();
});
