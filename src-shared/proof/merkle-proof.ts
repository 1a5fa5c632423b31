// Audit paths and consistency proofs of RFC 6962 §2.1.1 and §2.1.2, made from leaf hashes and checked strictly: exact
// lengths, 32-byte hashes, no proof where there is nothing to prove.
import { bug } from '../errors/app-error.ts';
import { equalBytes } from './equal-bytes.ts';
import { HASH_BYTES, nodeHash, type Frontier } from './merkle.ts';
import type { ProofPrimitives } from './primitives.ts';

type Hasher = Pick<ProofPrimitives, 'sha256'>;
type Hashes = readonly Uint8Array[];

/** The audit path of leaf `index` in the tree over `leaves`, from its sibling up to the root's child. */
export function inclusionProof(primitives: Hasher, leaves: Hashes, index: number): Uint8Array[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leaves.length)
    throw bug('a proof of a leaf outside the tree');
  const path: Uint8Array[] = [];
  let [start, end] = [0, leaves.length];
  while (end - start > 1) {
    const split = start + splitPoint(end - start);
    if (index < split) {
      path.push(subtreeRoot(primitives, leaves, [split, end]));
      end = split;
    } else {
      path.push(subtreeRoot(primitives, leaves, [start, split]));
      start = split;
    }
  }
  return path.reverse();
}

/**
 * The audit path of the leaf that is appended next, in the tree that ends with it. All its siblings are left of it, so
 * the frontier before the append holds them all and no other leaf has to be read.
 */
export function inclusionProofOfNext(frontier: Frontier): Uint8Array[] {
  return frontier.hashes.toReversed();
}

export interface InclusionClaim {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether `proof` shows that `leaf` (its hash) stands at `index` in the tree of that size and root. */
export function verifyInclusion(primitives: Hasher, claim: InclusionClaim, proof: Hashes): boolean {
  const { leaf, index, size, root } = claim;
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (![leaf, root, ...proof].every(isHash)) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(primitives, sibling, hash);
      // A node without a right sibling moves up unchanged until it is a right child (RFC 9162 §2.1.3.2).
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(primitives, hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalBytes(hash, root);
}

/** The proof that the tree over the first `size` leaves is a prefix of the tree over all `leaves`. */
export function consistencyProof(primitives: Hasher, leaves: Hashes, size: number): Uint8Array[] {
  if (!Number.isSafeInteger(size) || size < 1 || size > leaves.length)
    throw bug('a consistency proof from outside the tree');
  const proof: Uint8Array[] = [];
  let [start, end, whole] = [0, leaves.length, true];
  while (size !== end) {
    const split = start + splitPoint(end - start);
    if (size <= split) {
      proof.push(subtreeRoot(primitives, leaves, [split, end]));
      end = split;
    } else {
      proof.push(subtreeRoot(primitives, leaves, [start, split]));
      [start, whole] = [split, false];
    }
  }
  if (!whole) proof.push(subtreeRoot(primitives, leaves, [start, end]));
  return proof.reverse();
}

export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * Whether `proof` shows that the older tree is a prefix of the newer one. Every tree has the empty one as prefix, so an
 * older size of 0 proves nothing and is refused; equal sizes need equal roots and an empty proof.
 */
export function verifyConsistency(
  primitives: Hasher,
  heads: { older: TreeHead; newer: TreeHead },
  proof: Hashes,
): boolean {
  const { older, newer } = heads;
  if (!isCount(older.size) || !isCount(newer.size) || older.size === 0 || older.size > newer.size) return false;
  if (![older.root, newer.root, ...proof].every(isHash)) return false;
  if (older.size === newer.size) return proof.length === 0 && equalBytes(older.root, newer.root);
  let [node, last] = [older.size - 1, newer.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  // When the older tree is one perfect subtree, its root is the starting point and is left out of the proof.
  const [seed, ...rest] = node === 0 ? [older.root, ...proof] : proof;
  if (seed === undefined) return false;
  let [olderHash, newerHash] = [seed, seed];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      olderHash = nodeHash(primitives, sibling, olderHash);
      newerHash = nodeHash(primitives, sibling, newerHash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newerHash = nodeHash(primitives, newerHash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalBytes(olderHash, older.root) && equalBytes(newerHash, newer.root);
}

/** The largest power of two below `count` (RFC 6962 §2.1). */
export function splitPoint(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

function subtreeRoot(primitives: Hasher, leaves: Hashes, [start, end]: readonly [number, number]): Uint8Array {
  if (end - start > 1) {
    const split = start + splitPoint(end - start);
    return nodeHash(
      primitives,
      subtreeRoot(primitives, leaves, [start, split]),
      subtreeRoot(primitives, leaves, [split, end]),
    );
  }
  const leaf = leaves[start];
  if (leaf?.length !== HASH_BYTES) throw bug('a leaf hash is not 32 bytes long');
  return leaf;
}

// Tree sizes pass 2^31, where the bit operators of the language end.
function half(value: number): number {
  return Math.floor(value / 2);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}
