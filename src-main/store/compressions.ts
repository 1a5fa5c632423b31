import { constants, createGunzip, gzip, zstdCompress, type ZlibOptions } from 'node:zlib';
import type { CompressionId } from '../../src-shared/model/compression.ts';
import type { Compression, Unpacker } from '../ports/compression.ts';
import { ZstdUnpacker } from './zstd-unpacker.ts';

/** What the output grows by: far more than the runtime's own 16 KiB, which costs half the speed. */
const GROWS_BY = 512 * 1024;
const UNPACKED_BYTES = 1024 * 1024;

const GZIP_LEVEL = 6;
/** On exported tables no larger than level 3, for half the work: measured on the table of the bench and on the sample. */
const ZSTD_LEVEL = 1;

type Made = (error: Error | null, bytes: Uint8Array) => void;

/**
 * Both run on the runtime's own threads, a block at a time: its streams take one block after the other, and asked for
 * workers of their own they have been seen to lose the end of a file (nodejs/node#59899).
 */
export const compressions: Readonly<Record<Exclude<CompressionId, 'none'>, Compression>> = {
  gzip: {
    compress: (block) => made((done) => gzip(block, gzipOptions, done)),
    unpacker: (take) => new GzipUnpacker(take),
  },
  zstd: {
    compress: (block) => made((done) => zstdCompress(block, zstdOptions, done)),
    unpacker: (take) => new ZstdUnpacker(take),
  },
};

const gzipOptions: ZlibOptions = { level: GZIP_LEVEL, chunkSize: GROWS_BY };

const zstdOptions = {
  chunkSize: GROWS_BY,
  params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL, [constants.ZSTD_c_checksumFlag]: 1 },
};

function made(compress: (done: Made) => void): Promise<Uint8Array> {
  return new Promise((resolve, reject) =>
    compress((error, bytes) => (error === null ? resolve(bytes) : reject(error))),
  );
}

/** The runtime's stream, which knows of members. */
class GzipUnpacker implements Unpacker {
  readonly #stream = createGunzip({ chunkSize: UNPACKED_BYTES });
  readonly #ended: Promise<void>;

  constructor(take: (bytes: Uint8Array) => void) {
    this.#ended = new Promise((resolve, reject) => this.#stream.on('end', resolve).on('error', reject));
    // Told by `push` and `finish`, whichever comes next.
    this.#ended.catch(() => undefined);
    this.#stream.on('data', take);
  }

  /** A write that meets damage is never answered: the stream's own error is. */
  push(bytes: Uint8Array): Promise<void> {
    const taken = new Promise<void>((resolve) => this.#stream.write(bytes, () => resolve()));
    return Promise.race([taken, this.#ended]);
  }

  finish(): Promise<void> {
    this.#stream.end();
    return this.#ended;
  }

  close(): void {
    this.#stream.destroy();
  }
}
