import type { FileWriter } from '../../ports/store.ts';
import { BLOCK_BYTES } from './block-pool.ts';

/** After this many bytes write-back is started, so that the last fsync is short. */
const EARLY_FLUSH_BYTES = 64 * BLOCK_BYTES;

/** Where the blocks of a sink go. */
export interface BlockOutput {
  /** How many blocks it takes at once. */
  readonly lanes: number;
  /** Called in order. The block may be used again when the promise has settled. */
  write(bytes: Uint8Array): Promise<void>;
}

/** Blocks as they are, one behind the other, into a file. */
export class FileOutput implements BlockOutput {
  readonly lanes = 1;
  readonly #file: FileWriter;
  readonly #onSafe: (bytes: number) => void;
  #unflushed = 0;

  /** `onSafe`: so many bytes from the beginning are safe on disk, more of them with each call. */
  constructor(file: FileWriter, onSafe: (bytes: number) => void) {
    this.#file = file;
    this.#onSafe = onSafe;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#file.write(bytes);
    this.#unflushed += bytes.length;
    if (this.#unflushed < EARLY_FLUSH_BYTES) return;
    this.#unflushed = 0;
    void this.#file.flushEarly().then(this.#onSafe);
  }
}
