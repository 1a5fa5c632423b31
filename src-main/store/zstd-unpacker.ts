import { zstdDecompressSync } from 'node:zlib';
import type { Unpacker } from '../ports/compression.ts';
import { zstdFrameLength } from './zstd-frame.ts';

/** What a frame of 1 MiB is unpacked into, with room to see that nothing follows. */
const UNPACKED_BYTES = 1024 * 1024 + 64;
const FIRST_ROOM = 512 * 1024;

/**
 * Unpacks frame by frame. The runtime's own stream ends without a word behind the first frame that does not fill its output,
 * and takes a frame that is cut off for a whole one. On this thread, a millisecond a frame: each of the other ones would need
 * memory of its own, and twice the processor time.
 */
export class ZstdUnpacker implements Unpacker {
  readonly #take: (bytes: Uint8Array) => void;
  #held = new Uint8Array(FIRST_ROOM);
  #length = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(take: (bytes: Uint8Array) => void) {
    this.#take = take;
  }

  push(bytes: Uint8Array): Promise<void> {
    const before = this.#last;
    const next = before.then(() => this.#push(bytes));
    this.#last = next;
    return next;
  }

  async finish(): Promise<void> {
    await this.#last;
    if (this.#length > 0) throw new Error('the last zstd frame is cut off');
  }

  close(): void {
    this.#held = new Uint8Array();
    this.#length = 0;
  }

  #push(bytes: Uint8Array): void {
    this.#hold(bytes);
    let from = 0;
    for (;;) {
      const length = zstdFrameLength(this.#held.subarray(from, this.#length));
      if (length === null) break;
      this.#take(zstdDecompressSync(this.#held.subarray(from, from + length), { chunkSize: UNPACKED_BYTES }));
      from += length;
    }
    this.#held.copyWithin(0, from, this.#length);
    this.#length -= from;
  }

  #hold(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#held.length) {
      const larger = new Uint8Array(2 * needed);
      larger.set(this.#held.subarray(0, this.#length));
      this.#held = larger;
    }
    this.#held.set(bytes, this.#length);
    this.#length = needed;
  }
}
