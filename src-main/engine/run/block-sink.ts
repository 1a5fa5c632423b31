import type { ByteSink } from '../../ports/byte-sink.ts';
import type { RunningDigest } from '../../ports/digest.ts';
import { blockPool } from './block-pool.ts';
import type { BlockOutput } from './file-output.ts';

/** Blocks that may wait for the disk before the reader is held. */
const BLOCKS_IN_FLIGHT = 4;

export interface BlockTarget {
  readonly digest: RunningDigest;
  readonly output: BlockOutput;
}

/**
 * Collects bytes in blocks, hashes each block and hands it on while the next one fills. The encoder never waits; the
 * pipeline awaits `drained()` between batches. Finish it or discard it: its blocks are lent.
 */
export class BlockSink implements ByteSink {
  bytes: Uint8Array = blockPool.take();
  length = 0;
  readonly #target: BlockTarget;
  readonly #queue: { block: Uint8Array; length: number }[] = [];
  readonly #begun = new Set<Promise<void>>();
  #failure: unknown = undefined;
  #total = 0;

  constructor(target: BlockTarget) {
    this.#target = target;
  }

  /** Bytes handed over so far, those still waiting included. */
  get total(): number {
    return this.#total + this.length;
  }

  room(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    this.#emit();
    if (size <= this.bytes.length) return;
    blockPool.give(this.bytes);
    this.bytes = new Uint8Array(size);
  }

  /** Resolves when few enough blocks wait; rejects with the first failed write. */
  async drained(): Promise<void> {
    while (this.#queue.length + this.#begun.size >= BLOCKS_IN_FLIGHT) await Promise.race(this.#begun);
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Hands over the rest, waits for all writes, and gives the digest of everything. */
  async finish(): Promise<{ bytes: number; sha256: string }> {
    this.#emit();
    await this.#settled();
    if (this.#failure !== undefined) throw this.#failure;
    this.#giveBack();
    return { bytes: this.#total, sha256: await this.#target.digest.finish() };
  }

  /** Waits for what is under way and gives the blocks back. Never throws. */
  async discard(): Promise<void> {
    await this.#settled();
    this.#giveBack();
    this.#target.digest.drop();
  }

  async #settled(): Promise<void> {
    while (this.#begun.size > 0) await Promise.race(this.#begun);
  }

  #giveBack(): void {
    blockPool.give(this.bytes);
    this.bytes = new Uint8Array();
    this.length = 0;
  }

  #emit(): void {
    if (this.length === 0) return;
    this.#total += this.length;
    this.#queue.push({ block: this.bytes, length: this.length });
    this.bytes = blockPool.take();
    this.length = 0;
    this.#begin();
  }

  #begin(): void {
    while (this.#begun.size < this.#target.output.lanes) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      const passing = this.#pass(next.block, next.length).then(() => {
        this.#begun.delete(passing);
        this.#begin();
      });
      this.#begun.add(passing);
    }
  }

  /** Never rejects. What comes behind a failure is let go. */
  async #pass(block: Uint8Array, length: number): Promise<void> {
    if (this.#failure === undefined) {
      const bytes = block.subarray(0, length);
      const { digest, output } = this.#target;
      const results = await Promise.allSettled([digest.update(bytes), output.write(bytes)]);
      for (const result of results) if (result.status === 'rejected') this.#failure ??= result.reason;
    }
    // Both are done with it, come what may.
    blockPool.give(block);
  }
}
