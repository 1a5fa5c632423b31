import { createHash, type Hash } from 'node:crypto';
import type { ByteSink } from '../../ports/byte-sink.ts';
import type { FileWriter } from '../../ports/store.ts';

const BLOCK_BYTES = 1024 * 1024;
/** Blocks that may wait for the disk before the reader is held. */
const BLOCKS_IN_FLIGHT = 4;
/** After this many bytes write-back is started, so that the last fsync is short. */
const EARLY_FLUSH_BYTES = 64 * BLOCK_BYTES;

/**
 * Collects an encoder's output in blocks, hashes each block and hands it to the file while the next one fills. The
 * encoder never waits; the pipeline awaits `drained()` between batches.
 */
export class BlockSink implements ByteSink {
  bytes: Uint8Array = new Uint8Array(BLOCK_BYTES);
  length = 0;
  readonly #file: FileWriter;
  readonly #hash: Hash = createHash('sha256');
  readonly #free: Uint8Array[] = [];
  readonly #queue: { block: Uint8Array; length: number }[] = [];
  #writing: Promise<void> | null = null;
  #failure: unknown = undefined;
  #total = 0;
  #unflushed = 0;

  constructor(file: FileWriter) {
    this.#file = file;
  }

  /** Bytes handed over so far, those still waiting included. */
  get total(): number {
    return this.#total + this.length;
  }

  room(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    this.#emit();
    if (size > this.bytes.length) this.bytes = new Uint8Array(size);
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
    return { bytes: this.#total, sha256: this.#hash.digest('hex') };
  }

  #emit(): void {
    if (this.length === 0) return;
    const full = { block: this.bytes, length: this.length };
    this.#hash.update(full.block.subarray(0, full.length));
    this.#total += full.length;
    this.#queue.push(full);
    this.bytes = this.#free.pop() ?? new Uint8Array(BLOCK_BYTES);
    this.length = 0;
    this.#writing ??= this.#pump();
  }

  async #pump(): Promise<void> {
    try {
      for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
        if (this.#failure === undefined) await this.#write(next.block, next.length);
        this.#queue.shift();
        if (next.block.length === BLOCK_BYTES) this.#free.push(next.block);
      }
    } catch (error) {
      this.#failure = error;
      this.#queue.length = 0;
    } finally {
      this.#writing = null;
    }
  }

  async #write(block: Uint8Array, length: number): Promise<void> {
    await this.#file.write(block.subarray(0, length));
    this.#unflushed += length;
    if (this.#unflushed < EARLY_FLUSH_BYTES) return;
    this.#unflushed = 0;
    this.#file.flushEarly();
  }
}
