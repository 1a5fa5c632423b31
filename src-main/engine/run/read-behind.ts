import type { Compression, Unpacker } from '../../ports/compression.ts';
import type { Running } from '../../ports/digest.ts';
import type { RecordReader } from '../../ports/format.ts';
import type { FileReader } from '../../ports/store.ts';
import { BLOCK_BYTES, blockPool } from './block-pool.ts';
import { mismatch } from './mismatch.ts';

export interface ReadBack {
  readonly bytes: number;
  /** Byte for byte what was written. */
  readonly isSame: boolean;
  readonly records: number;
  /** What it unpacks to; of a file that is not compressed, its length. */
  readonly unpacked: number;
}

export interface BehindOptions {
  readonly file: FileReader;
  /** Says of what it takes in whether it is what was written. */
  readonly match: Running<boolean>;
  readonly records: RecordReader;
  readonly compression: Compression | null;
}

/**
 * Reads a file again while it is still being written, never past what is safe on disk: compares it with what was written and counts its
 * records with a reader of its own, behind an unpacker where the file is compressed. When the last byte is written, little is left to read. Finish it or close it.
 */
export class ReadBehind {
  readonly #file: FileReader;
  readonly #match: Running<boolean>;
  readonly #records: RecordReader;
  readonly #unpacker: Unpacker | null;
  readonly #blocks = [blockPool.take(), blockPool.take()] as const;
  /** What the other thread may still look into; by block. */
  readonly #comparing: [Promise<void>, Promise<void>] = [Promise.resolve(), Promise.resolve()];
  #safe = 0;
  #position = 0;
  #unpacked = 0;
  #reading: Promise<void> | null = null;
  #failure: unknown = undefined;
  #ending = false;
  #closed = false;

  constructor({ file, match, records, compression }: BehindOptions) {
    this.#file = file;
    this.#match = match;
    this.#records = records;
    this.#unpacker = compression?.unpacker((bytes) => this.#read(bytes)) ?? null;
  }

  /** So many bytes are safe on disk. Returns at once; what fails is thrown by {@link finish}. */
  upTo(bytes: number): void {
    this.#safe = Math.max(this.#safe, bytes);
    if (this.#ending || this.#failure !== undefined) return;
    this.#reading ??= this.#readSafe();
  }

  /** Reads to the end of the file, wherever that is. All of it must be safe on disk, and its digest finished. */
  async finish(signal: AbortSignal): Promise<ReadBack> {
    this.#ending = true;
    await this.#reading;
    if (this.#failure !== undefined) throw this.#failure;
    for (let read = 1; read > 0;) {
      signal.throwIfAborted();
      read = await this.#readBlock();
    }
    await Promise.all(this.#comparing);
    await this.#unpacker?.finish().catch(doesNotUnpack);
    const { records } = this.#records.finish();
    const isSame = await this.#match.finish();
    return { bytes: this.#position, isSame, records, unpacked: this.#unpacked };
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
    await Promise.allSettled(this.#comparing);
    for (const block of this.#blocks) blockPool.give(block);
    this.#unpacker?.close();
    this.#match.drop();
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
    await this.#comparing[nth];
    const block = this.#blocks[nth];
    const read = await this.#file.read(block, this.#position);
    if (read === 0) return 0;
    this.#position += read;
    const bytes = block.subarray(0, read);
    const comparing = this.#takeIn(bytes);
    // Awaited before the block is used again; meanwhile a failure must not count as unhandled.
    comparing.catch(() => undefined);
    this.#comparing[nth] = comparing;
    return read;
  }

  async #takeIn(bytes: Uint8Array): Promise<void> {
    const comparing = this.#match.update(bytes);
    if (this.#unpacker === null) this.#read(bytes);
    const unpacking = this.#unpacker?.push(bytes).catch(doesNotUnpack);
    const results = await Promise.allSettled([comparing, unpacking]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  #read(bytes: Uint8Array): void {
    this.#unpacked += bytes.length;
    this.#records.push(bytes);
  }
}

function doesNotUnpack(cause: unknown): never {
  throw mismatch('The file on disk does not unpack: it is damaged or cut off.', { cause });
}
