// A whole hash tree of RFC 6962 in memory: what a proof for any leaf needs without hashing all leaves again.
import { bug } from '../errors/app-error.ts';
import { HASH_BYTES, nodeHash } from './merkle.ts';
import { splitPoint } from './merkle-proof.ts';
import type { ProofPrimitives } from './primitives.ts';

/** One sibling on the way from a leaf to the root. */
export interface PathNode {
  readonly side: 'left' | 'right';
  /** The leaves it stands for: `start` to `end - 1`. */
  readonly start: number;
  readonly end: number;
  readonly hash: Uint8Array;
}

/** Grows leaf by leaf; keeps the root of every perfect subtree, about twice the leaves. */
export class HashTree {
  readonly #primitives: Pick<ProofPrimitives, 'sha256'>;
  /** Level k holds the roots of the perfect subtrees of 2^k leaves, from the left. */
  readonly #levels: HashList[] = [new HashList()];

  constructor(primitives: Pick<ProofPrimitives, 'sha256'>) {
    this.#primitives = primitives;
  }

  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  append(leaf: Uint8Array): void {
    let hash = leaf;
    for (let level = 0; ; level++) {
      const list = (this.#levels[level] ??= new HashList());
      list.push(hash);
      if (list.length % 2 === 1) return;
      hash = nodeHash(this.#primitives, list.at(list.length - 2), list.at(list.length - 1));
    }
  }

  leaf(index: number): Uint8Array {
    return this.#node(index, index + 1);
  }

  /** The root over the first `size` leaves, of which there is at least one. */
  root(size: number): Uint8Array {
    return this.#node(0, size);
  }

  /** The audit path of a leaf in the tree over the first `size` leaves, from its sibling up to the root's child. */
  path(index: number, size: number): PathNode[] {
    if (index < 0 || index >= size || size > this.size) throw bug('a proof of a leaf outside the tree');
    const path: PathNode[] = [];
    let [start, end] = [0, size];
    while (end - start > 1) {
      const split = start + splitPoint(end - start);
      if (index < split) {
        path.push({ side: 'right', start: split, end, hash: this.#node(split, end) });
        end = split;
      } else {
        path.push({ side: 'left', start, end: split, hash: this.#node(start, split) });
        start = split;
      }
    }
    return path.reverse();
  }

  #node(start: number, end: number): Uint8Array {
    const level = Math.log2(end - start);
    if (Number.isInteger(level)) {
      const list = this.#levels[level];
      if (list === undefined) throw bug('a tree node outside the tree');
      return list.at(start / 2 ** level);
    }
    const split = start + splitPoint(end - start);
    return nodeHash(this.#primitives, this.#node(start, split), this.#node(split, end));
  }
}

/** Hashes one behind the other in one buffer: a hundred thousand of them are no hundred thousand objects. */
class HashList {
  #bytes = new Uint8Array(64 * HASH_BYTES);
  length = 0;

  push(hash: Uint8Array): void {
    const at = this.length * HASH_BYTES;
    if (at === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(hash, at);
    this.length++;
  }

  at(index: number): Uint8Array {
    if (index < 0 || index >= this.length) throw bug('a hash outside the tree');
    return this.#bytes.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  }
}
