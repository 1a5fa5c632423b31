import type { RunningDigest } from '../../ports/digest.ts';
import type { RecordReader } from '../../ports/format.ts';
import type { FileReader } from '../../ports/store.ts';
import { BLOCK_BYTES, blockPool } from './block-pool.ts';

export interface ReadBack {
  readonly bytes: number;
  readonly sha256: string;
  readonly records: number;
}

/**
 * Reads a file again while it is still being written, never past what is safe on disk: hashes it anew and counts its records
 * with a reader of its own. When the last byte is written, little is left to read. Finish it or close it.
 */
export class ReadBehind {
  readonly #file: FileReader;
  readonly #digest: RunningDigest;
  readonly #records: RecordReader;
  readonly #blocks = [blockPool.take(), blockPool.take()] as const;
  /** What the other thread may still look into; by block. */
  readonly #hashing: [Promise<void>, Promise<void>] = [Promise.resolve(), Promise.resolve()];
  #safe = 0;
  #position = 0;
  #reading: Promise<void> | null = null;
  #failure: unknown = undefined;
  #ending = false;
  #closed = false;

  constructor(file: FileReader, digest: RunningDigest, records: RecordReader) {
    this.#file = file;
    this.#digest = digest;
    this.#records = records;
  }

  /** So many bytes are safe on disk. Returns at once; what fails is thrown by {@link finish}. */
  upTo(bytes: number): void {
    this.#safe = Math.max(this.#safe, bytes);
    if (this.#ending || this.#failure !== undefined) return;
    this.#reading ??= this.#readSafe();
  }

  /** Reads to the end of the file, wherever that is. All of it must be safe on disk. */
  async finish(signal: AbortSignal): Promise<ReadBack> {
    this.#ending = true;
    await this.#reading;
    if (this.#failure !== undefined) throw this.#failure;
    for (let read = 1; read > 0;) {
      signal.throwIfAborted();
      read = await this.#readBlock();
    }
    await Promise.all(this.#hashing);
    const { records } = this.#records.finish();
    return { bytes: this.#position, sha256: await this.#digest.finish(), records };
  }

  /** Whether this path names the very file that was read. */
  isAt(path: string): Promise<boolean> {
    return this.#file.isAt(path);
  }

  /** Call last, whatever happened; fine twice. Never throws. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#ending = true;
    await this.#reading;
    await Promise.allSettled(this.#hashing);
    for (const block of this.#blocks) blockPool.give(block);
    this.#digest.drop();
    // Only read: nothing can be lost by a close that fails.
    await this.#file.close().catch(() => undefined);
  }

  /** Whole blocks only: the rest of one may not be written yet. */
  async #readSafe(): Promise<void> {
    try {
      while (!this.#closed && this.#position + BLOCK_BYTES <= this.#safe) {
        if ((await this.#readBlock()) < BLOCK_BYTES) break;
      }
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#reading = null;
    }
  }

  async #readBlock(): Promise<number> {
    const nth = (this.#position / BLOCK_BYTES) & 1 ? 1 : 0;
    await this.#hashing[nth];
    const block = this.#blocks[nth];
    const read = await this.#file.read(block, this.#position);
    if (read === 0) return 0;
    this.#position += read;
    const bytes = block.subarray(0, read);
    const hashing = this.#digest.update(bytes);
    // Awaited before the block is used again; meanwhile a failure must not count as unhandled.
    hashing.catch(() => undefined);
    this.#hashing[nth] = hashing;
    this.#records.push(bytes);
    return read;
  }
}
