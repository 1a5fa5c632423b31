import type { ByteSink } from '../../ports/byte-sink.ts';
import type { RunningDigest } from '../../ports/digest.ts';
import type { FileWriter } from '../../ports/store.ts';
import { BLOCK_BYTES, blockPool } from './block-pool.ts';

/** Blocks that may wait for the disk before the reader is held. */
const BLOCKS_IN_FLIGHT = 4;
/** After this many bytes write-back is started, so that the last fsync is short. */
const EARLY_FLUSH_BYTES = 64 * BLOCK_BYTES;

export interface BlockTarget {
  readonly file: FileWriter;
  readonly digest: RunningDigest;
  /** So many bytes from the beginning are safe on disk, more of them with each call. */
  readonly onSafe: (bytes: number) => void;
}

/**
 * Collects an encoder's output in blocks, hashes each block and hands it to the file while the next one fills. The
 * encoder never waits; the pipeline awaits `drained()` between batches. Finish it or discard it: its blocks are lent.
 */
export class BlockSink implements ByteSink {
  bytes: Uint8Array = blockPool.take();
  length = 0;
  readonly #target: BlockTarget;
  readonly #queue: { block: Uint8Array; length: number }[] = [];
  #writing: Promise<void> | null = null;
  #failure: unknown = undefined;
  #total = 0;
  #unflushed = 0;

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
    while (this.#queue.length >= BLOCKS_IN_FLIGHT && this.#writing !== null) await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Hands over the rest, waits for all writes, and gives the digest of everything. */
  async finish(): Promise<{ bytes: number; sha256: string }> {
    this.#emit();
    while (this.#writing !== null) await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
    this.#giveBack();
    return { bytes: this.#total, sha256: await this.#target.digest.finish() };
  }

  /** Waits for what is under way and gives the blocks back. Never throws. */
  async discard(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
    this.#giveBack();
    this.#target.digest.drop();
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
    this.#writing ??= this.#pump();
  }

  async #pump(): Promise<void> {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      const bytes = next.block.subarray(0, next.length);
      const results = await Promise.allSettled([this.#target.digest.update(bytes), this.#write(bytes)]);
      for (const result of results) if (result.status === 'rejected') this.#failure ??= result.reason;
      // Both are done with it, come what may.
      blockPool.give(next.block);
      this.#queue.shift();
      if (this.#failure !== undefined) this.#dropQueue();
    }
    this.#writing = null;
  }

  #dropQueue(): void {
    for (const { block } of this.#queue.splice(0)) blockPool.give(block);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const { file, onSafe } = this.#target;
    await file.write(bytes);
    this.#unflushed += bytes.length;
    if (this.#unflushed < EARLY_FLUSH_BYTES) return;
    this.#unflushed = 0;
    void file.flushEarly().then(onSafe);
  }
}
