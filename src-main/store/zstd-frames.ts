import { zstdDecompressSync } from 'node:zlib';
import { releaseMemory } from '../../src-shared/util/release-memory.ts';
import { zstdFrameLength } from './zstd-frame.ts';

/** What a frame of 1 MiB is unpacked into, with room to see that nothing follows. */
const UNPACKED_BYTES = 1024 * 1024 + 64;
const FIRST_ROOM = 512 * 1024;

/**
 * Cuts a file into its frames as it comes, and unpacks each. The runtime's own stream ends without a word behind the first
 * frame that does not fill its output, and takes a frame that is cut off for a whole one.
 */
export class ZstdFrames {
  #held = new Uint8Array(FIRST_ROOM);
  #length = 0;

  /** Whether the file may end here. */
  get isWhole(): boolean {
    return this.#length === 0;
  }

  /** Looks into these bytes no longer than the call; {@link unpacked} gives what is whole now. */
  hold(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#held.length) {
      const larger = new Uint8Array(2 * needed);
      larger.set(this.#held.subarray(0, this.#length));
      this.#held = larger;
    }
    this.#held.set(bytes, this.#length);
    this.#length = needed;
  }

  /** What each whole frame unpacks to, to be used before the next one. To its end, before more is held. */
  *unpacked(): Generator<Uint8Array, undefined> {
    let from = 0;
    for (;;) {
      const length = zstdFrameLength(this.#held.subarray(from, this.#length));
      if (length === null) break;
      const unpacked = zstdDecompressSync(this.#held.subarray(from, from + length), { chunkSize: UNPACKED_BYTES });
      yield unpacked;
      releaseMemory(unpacked);
      from += length;
    }
    this.#held.copyWithin(0, from, this.#length);
    this.#length -= from;
  }
}
