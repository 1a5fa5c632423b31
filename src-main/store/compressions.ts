import { createGunzip, gzip, type ZlibOptions } from 'node:zlib';
import type { CompressionId } from '../../src-shared/model/compression.ts';
import type { Compression, Member, Unpacker } from '../ports/compression.ts';
import { releaseMemory } from '../../src-shared/util/release-memory.ts';
import { threadScript } from './thread-script.ts';
import { ZstdPackers } from './zstd-packers.ts';
import { ZstdUnpackers } from './zstd-unpackers.ts';

/** What the output grows by: far more than the runtime's own 16 KiB, which costs half the speed. */
const GROWS_BY = 512 * 1024;
const UNPACKED_BYTES = 1024 * 1024;

const GZIP_LEVEL = 6;

const packers = new ZstdPackers();
const unpackers = new ZstdUnpackers(threadScript('unpack-thread'));

/**
 * Both run on the runtime's own threads, a block at a time: its streams take one block after the other, and asked for
 * workers of their own they have been seen to lose the end of a file (nodejs/node#59899).
 */
export const compressions: Readonly<Record<Exclude<CompressionId, 'none'>, Compression>> = {
  gzip: {
    compress: gzipMember,
    unpacker: (take) => new GzipUnpacker(take),
  },
  zstd: {
    compress: (block) => packers.pack(block),
    unpacker: (take) => unpackers.unpacker(take),
  },
};

const gzipOptions: ZlibOptions = { level: GZIP_LEVEL, chunkSize: GROWS_BY };

function gzipMember(block: Uint8Array): Promise<Member> {
  return new Promise((resolve, reject) =>
    gzip(block, gzipOptions, (error, bytes) => {
      if (error === null) resolve({ pieces: [bytes], [Symbol.dispose]: () => releaseMemory(bytes) });
      else reject(error);
    }),
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
