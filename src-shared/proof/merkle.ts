// The hash tree of RFC 6962 §2.1 over SHA-256: hashes of leaves and nodes, and the compact range ("frontier") that an
// append-only tree needs in order to grow and to know its root.
import { bug } from '../errors/app-error.ts';
import type { ProofPrimitives } from './primitives.ts';

export const HASH_BYTES = 32;

type Hasher = Pick<ProofPrimitives, 'sha256'>;

/** SHA-256(0x00 || leaf). */
export function leafHash(primitives: Hasher, leaf: Uint8Array): Uint8Array {
  const prefixed = new Uint8Array(1 + leaf.length);
  prefixed.set(leaf, 1);
  return primitives.sha256(prefixed);
}

/** SHA-256(0x01 || left || right). */
export function nodeHash(primitives: Hasher, left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) throw bug('a tree node is not 32 bytes long');
  const prefixed = new Uint8Array(1 + 2 * HASH_BYTES);
  prefixed[0] = 1;
  prefixed.set(left, 1);
  prefixed.set(right, 1 + HASH_BYTES);
  return primitives.sha256(prefixed);
}

/**
 * The roots of the perfect subtrees that cover a tree of `size` leaves, largest (leftmost) first: one hash per 1-bit of
 * `size`. It is a value: appending gives a new one.
 */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/** Whether a frontier that came from outside has the shape its size demands; its hashes are not thereby proved. */
export function isFrontier(frontier: Frontier): boolean {
  if (!Number.isSafeInteger(frontier.size) || frontier.size < 0) return false;
  let subtrees = 0;
  for (let rest = frontier.size; rest > 0; rest = Math.floor(rest / 2)) subtrees += rest % 2;
  return frontier.hashes.length === subtrees && frontier.hashes.every((hash) => hash.length === HASH_BYTES);
}

/** The frontier after one more leaf. */
export function appendLeaf(primitives: Hasher, frontier: Frontier, hash: Uint8Array): Frontier {
  const hashes = frontier.hashes.slice();
  let carried = hash;
  for (let rest = frontier.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const left = hashes.pop();
    if (left === undefined) throw bug('the frontier has fewer hashes than its size demands');
    carried = nodeHash(primitives, left, carried);
  }
  hashes.push(carried);
  return { size: frontier.size + 1, hashes };
}

/** The root of the tree; of an empty one SHA-256 of nothing (RFC 6962 §2.1). */
export function frontierRoot(primitives: Hasher, frontier: Frontier): Uint8Array {
  const last = frontier.hashes.at(-1);
  if (last === undefined) return primitives.sha256(new Uint8Array(0));
  return frontier.hashes.slice(0, -1).reduceRight((right, left) => nodeHash(primitives, left, right), last);
}
