import { constants, createZstdCompress, type ZstdCompress } from 'node:zlib';

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

  /** The block as one frame, with its checksum (RFC 8878 §3.1.1), in pieces. Looks into it until the promise has settled. */
  async pack(block: Uint8Array): Promise<readonly Uint8Array[]> {
    const packer = this.#idle.pop() ?? new Packer();
    const pieces = await packer.pack(block);
    // Only one that works is used again.
    this.#idle.push(packer);
    return pieces;
  }
}

class Packer {
  readonly #stream: ZstdCompress;
  #pieces: Uint8Array[] = [];
  #reject: ((error: Error) => void) | null = null;

  constructor() {
    this.#stream = createZstdCompress({
      chunkSize: GROWS_BY,
      params: { [constants.ZSTD_c_compressionLevel]: LEVEL, [constants.ZSTD_c_checksumFlag]: 1 },
    });
    this.#stream.on('data', (piece: Uint8Array) => this.#pieces.push(piece));
    this.#stream.on('error', (error) => this.#reject?.(error));
  }

  pack(block: Uint8Array): Promise<readonly Uint8Array[]> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      this.#stream.write(block);
      this.#stream.flush(constants.ZSTD_e_end, () => {
        // What is ready but not yet told.
        while (this.#stream.read() !== null);
        const pieces = this.#pieces;
        this.#pieces = [];
        resolve(pieces);
      });
    });
  }
}
