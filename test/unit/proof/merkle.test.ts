import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  appendLeaf,
  EMPTY_FRONTIER,
  frontierRoot,
  isFrontier,
  leafHash,
  nodeHash,
  type Frontier,
} from '../../../src-shared/proof/merkle.ts';
import {
  consistencyProof,
  inclusionProof,
  inclusionProofOfNext,
  verifyConsistency,
  verifyInclusion,
} from '../../../src-shared/proof/merkle-proof.ts';
import { fromHex, toHex } from '../../../src-shared/util/hex.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { nodePrimitives as p } from '../../fakes/node-primitives.ts';

interface ReferenceTree {
  leaves: string[];
  emptyRoot: string;
  roots: string[];
}

const reference = JSON.parse(
  readFileSync(new URL('../../vectors/merkle/reference-tree.json', import.meta.url), 'utf8'),
) as ReferenceTree;

const LARGEST = 69;
const leaves = Array.from({ length: LARGEST }, (_, i) => leafHash(p, utf8(`leaf ${i}`)));
const roots = rootsOf(leaves);

function rootsOf(hashes: readonly Uint8Array[]): Uint8Array[] {
  let frontier: Frontier = EMPTY_FRONTIER;
  return [frontierRoot(p, frontier)].concat(
    hashes.map((hash) => frontierRoot(p, (frontier = appendLeaf(p, frontier, hash)))),
  );
}

function rootAt(size: number): Uint8Array {
  const root = roots[size];
  if (root === undefined) throw new Error(`no root of size ${size}`);
  return root;
}

function leafAt(index: number): Uint8Array {
  const leaf = leaves[index];
  if (leaf === undefined) throw new Error(`no leaf ${index}`);
  return leaf;
}

/** RFC 6962 §2.1 as it is written, recursively: independent of the frontier. */
function recursiveRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [only] = hashes;
  if (only === undefined) return p.sha256(new Uint8Array(0));
  if (hashes.length === 1) return only;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(p, recursiveRoot(hashes.slice(0, split)), recursiveRoot(hashes.slice(split)));
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

describe('tree hashes', () => {
  it('gives the known roots of the reference tree of eight leaves', () => {
    const hashes = reference.leaves.map((hex) => leafHash(p, fromHex(hex) ?? new Uint8Array(0)));
    expect(rootsOf(hashes).map(toHex)).toEqual([reference.emptyRoot, ...reference.roots]);
  });

  it('gives the same root from the frontier as from the definition, for every size up to 69', () => {
    for (let size = 0; size <= LARGEST; size++) expect(rootAt(size)).toEqual(recursiveRoot(leaves.slice(0, size)));
  });

  it('keeps the frontier it appends to unchanged', () => {
    const before = appendLeaf(p, EMPTY_FRONTIER, leafAt(0));
    appendLeaf(p, before, leafAt(1));
    expect(before).toEqual({ size: 1, hashes: [leafAt(0)] });
  });

  it('knows whether a stored frontier has the shape of its size', () => {
    const three = [0, 1, 2].reduce<Frontier>((frontier, i) => appendLeaf(p, frontier, leafAt(i)), EMPTY_FRONTIER);
    expect(isFrontier(three)).toBe(true);
    expect(isFrontier({ ...three, size: 4 })).toBe(false);
    expect(isFrontier({ size: 3, hashes: [leafAt(0), leafAt(1).slice(1)] })).toBe(false);
    expect(isFrontier({ size: -1, hashes: [] })).toBe(false);
    expect(isFrontier({ size: 1.5, hashes: [leafAt(0)] })).toBe(false);
  });
});

describe('inclusion proofs', () => {
  it('hold for every leaf of every tree up to 69 leaves, and for no other leaf, index, size or root', () => {
    for (let size = 1; size <= LARGEST; size++) {
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(p, leaves.slice(0, size), index);
        const claim = { leaf: leafAt(index), index, size, root: rootAt(size) };
        expect(verifyInclusion(p, claim, proof)).toBe(true);
        expect(verifyInclusion(p, { ...claim, leaf: leafAt((index + 1) % LARGEST) }, proof)).toBe(false);
        expect(verifyInclusion(p, { ...claim, root: rootAt(size - 1) }, proof)).toBe(false);
        expect(verifyInclusion(p, claim, [...proof, leafAt(0)])).toBe(false);
        if (proof.length > 0) expect(verifyInclusion(p, claim, proof.slice(0, -1))).toBe(false);
        if (size > 1) expect(verifyInclusion(p, { ...claim, index: (index + 1) % size }, proof)).toBe(false);
      }
    }
  });

  it('of the next leaf come from the frontier alone', () => {
    let frontier: Frontier = EMPTY_FRONTIER;
    for (let size = 1; size <= LARGEST; size++) {
      expect(inclusionProofOfNext(frontier)).toEqual(inclusionProof(p, leaves.slice(0, size), size - 1));
      frontier = appendLeaf(p, frontier, leafAt(size - 1));
    }
  });

  it('fail for every single flipped bit', () => {
    const proof = inclusionProof(p, leaves.slice(0, 11), 6);
    const claim = { leaf: leafAt(6), index: 6, size: 11, root: rootAt(11) };
    for (let step = 0; step < proof.length; step++) {
      for (let bit = 0; bit < 256; bit++) {
        const damaged = proof.map((hash, i) => (i === step ? flipped(hash, bit) : hash));
        expect(verifyInclusion(p, claim, damaged)).toBe(false);
      }
    }
  });

  it('refuse hashes of another length and impossible positions', () => {
    const claim = { leaf: leafAt(0), index: 0, size: 2, root: rootAt(2) };
    const proof = [leafAt(1)];
    expect(verifyInclusion(p, claim, proof)).toBe(true);
    expect(verifyInclusion(p, claim, [leafAt(1).slice(0, 31)])).toBe(false);
    expect(verifyInclusion(p, { ...claim, leaf: new Uint8Array(33) }, proof)).toBe(false);
    expect(verifyInclusion(p, { ...claim, root: new Uint8Array(0) }, proof)).toBe(false);
    expect(verifyInclusion(p, { leaf: new Uint8Array(0), index: 0, size: 1, root: new Uint8Array(0) }, [])).toBe(false);
    for (const [index, size] of [
      [0, 0],
      [2, 2],
      [-1, 2],
      [0.5, 2],
      [0, Number.MAX_VALUE],
      [Number.NaN, 2],
    ] as const) {
      expect(verifyInclusion(p, { ...claim, index, size }, proof)).toBe(false);
    }
  });
});

describe('consistency proofs', () => {
  it('hold for every pair of sizes up to 69, and for no other roots or lengths', () => {
    for (let newer = 1; newer <= LARGEST; newer++) {
      for (let older = 1; older <= newer; older++) {
        const proof = consistencyProof(p, leaves.slice(0, newer), older);
        const heads = { older: { size: older, root: rootAt(older) }, newer: { size: newer, root: rootAt(newer) } };
        expect(verifyConsistency(p, heads, proof)).toBe(true);
        const wrong = leafHash(p, utf8('another root'));
        expect(verifyConsistency(p, { ...heads, older: { size: older, root: wrong } }, proof)).toBe(false);
        expect(verifyConsistency(p, { ...heads, newer: { size: newer, root: wrong } }, proof)).toBe(false);
        expect(verifyConsistency(p, heads, [...proof, leafAt(0)])).toBe(false);
        if (proof.length > 0) expect(verifyConsistency(p, heads, proof.slice(0, -1))).toBe(false);
        if (proof.length > 0) expect(verifyConsistency(p, heads, [])).toBe(false);
      }
    }
  });

  it('are refused for an older size of 0, for shrinking, and for equal sizes with another root or a proof', () => {
    const [two, three] = [
      { size: 2, root: rootAt(2) },
      { size: 3, root: rootAt(3) },
    ];
    const empty = { size: 0, root: rootAt(0) };
    expect(verifyConsistency(p, { older: empty, newer: three }, [])).toBe(false);
    expect(verifyConsistency(p, { older: empty, newer: empty }, [])).toBe(false);
    expect(verifyConsistency(p, { older: three, newer: two }, consistencyProof(p, leaves.slice(0, 3), 2))).toBe(false);
    expect(verifyConsistency(p, { older: two, newer: { size: 2, root: rootAt(3) } }, [])).toBe(false);
    expect(verifyConsistency(p, { older: two, newer: two }, [])).toBe(true);
    expect(verifyConsistency(p, { older: two, newer: two }, [leafAt(0)])).toBe(false);
  });

  it('fail for every single flipped bit and for hashes of another length', () => {
    const proof = consistencyProof(p, leaves.slice(0, 13), 6);
    const heads = { older: { size: 6, root: rootAt(6) }, newer: { size: 13, root: rootAt(13) } };
    for (let step = 0; step < proof.length; step++) {
      for (let bit = 0; bit < 256; bit++) {
        expect(
          verifyConsistency(
            p,
            heads,
            proof.map((hash, i) => (i === step ? flipped(hash, bit) : hash)),
          ),
        ).toBe(false);
      }
      expect(
        verifyConsistency(
          p,
          heads,
          proof.map((hash, i) => (i === step ? hash.slice(1) : hash)),
        ),
      ).toBe(false);
    }
  });

  it('join every checkpoint of a log that grew to 300 entries with every later one', () => {
    const many = Array.from({ length: 300 }, (_, i) => leafHash(p, utf8(`entry ${i}`)));
    const heads = rootsOf(many).map((root, size) => ({ size, root }));
    for (let newer = 1; newer <= many.length; newer += 7) {
      for (let older = 1; older <= newer; older += 3) {
        const pair = {
          older: heads[older] ?? { size: 0, root: p.sha256(utf8('')) },
          newer: heads[newer] ?? { size: 0, root: p.sha256(utf8('')) },
        };
        expect(verifyConsistency(p, pair, consistencyProof(p, many.slice(0, newer), older))).toBe(true);
      }
    }
  });
});
