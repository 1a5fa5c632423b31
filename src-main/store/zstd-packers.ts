import { constants, createZstdCompress, type ZstdCompress } from 'node:zlib';
import type { Member } from '../ports/compression.ts';
import { releaseMemory } from '../../src-shared/util/release-memory.ts';

/** What the output grows by: far more than the runtime's own 16 KiB, which costs half the speed. */
const GROWS_BY = 512 * 1024;
/** On exported tables no larger than level 3, for half the work: measured on the table of the bench and on the sample. */
const LEVEL = 1;

/**
 * Makes frames on the runtime's own threads, each with a compressor that made others before: a new one for each block costs
 * megabytes every time, which sends the collector through everything. A stream is never asked for its end, only for a frame's.
 */
export class ZstdPackers {
  readonly #idle: Packer[] = [];

  /** The block as one frame, with its checksum (RFC 8878 §3.1.1). Looks into it until the promise has settled. */
  async pack(block: Uint8Array): Promise<Member> {
    const packer = this.#idle.pop() ?? new Packer();
    const member = await packer.pack(block);
    // Only one that works is used again.
    this.#idle.push(packer);
    return member;
  }
}

class Packer {
  readonly #stream: ZstdCompress;
  readonly #places = new Places();
  #pieces: Uint8Array[] = [];
  #reject: ((error: Error) => void) | null = null;

  constructor() {
    this.#stream = createZstdCompress({
      chunkSize: GROWS_BY,
      params: { [constants.ZSTD_c_compressionLevel]: LEVEL, [constants.ZSTD_c_checksumFlag]: 1 },
    });
    this.#stream.on('data', (piece: Uint8Array) => {
      this.#places.take(piece);
      this.#pieces.push(piece);
    });
    this.#stream.on('error', (error) => this.#reject?.(error));
  }

  pack(block: Uint8Array): Promise<Member> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      this.#stream.write(block);
      this.#stream.flush(constants.ZSTD_e_end, () => {
        // What is ready but not yet told.
        while (this.#stream.read() !== null);
        const pieces = this.#pieces;
        this.#pieces = [];
        resolve({ pieces, [Symbol.dispose]: () => this.#places.give(pieces.splice(0)) });
      });
    });
  }
}

/**
 * The memory that a stream writes to: one buffer after the other, several pieces in each. It goes on in the one that its last
 * piece lies in; another one is done with as soon as its pieces are.
 */
class Places {
  /** Pieces that are still looked into, by the buffer they lie in. */
  readonly #taken = new Map<ArrayBufferLike, number>();
  #current: Uint8Array | null = null;

  take(piece: Uint8Array): void {
    const before = this.#current;
    this.#current = piece;
    this.#taken.set(piece.buffer, this.#takenOf(piece) + 1);
    if (before !== null && before.buffer !== piece.buffer && this.#takenOf(before) === 0) this.#release(before);
  }

  give(pieces: readonly Uint8Array[]): void {
    for (const piece of pieces) {
      const taken = this.#takenOf(piece) - 1;
      this.#taken.set(piece.buffer, taken);
      if (taken === 0 && piece.buffer !== this.#current?.buffer) this.#release(piece);
    }
  }

  #takenOf({ buffer }: Uint8Array): number {
    return this.#taken.get(buffer) ?? 0;
  }

  #release(piece: Uint8Array): void {
    this.#taken.delete(piece.buffer);
    releaseMemory(piece);
  }
}
