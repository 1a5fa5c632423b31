import type { Compression, Member } from '../../ports/compression.ts';
import type { BlockSink } from './block-sink.ts';
import type { BlockOutput } from './file-output.ts';

/** Each block becomes a member of its own; they are made at the same time, and go on in the order of the blocks. */
export class CompressedOutput implements BlockOutput {
  readonly lanes = 3;
  readonly #compression: Compression;
  readonly #sink: BlockSink;
  #last: Promise<void> = Promise.resolve();
  #isEmpty = true;

  /** `sink`: for what the blocks become; whoever made it finishes or discards it. */
  constructor(compression: Compression, sink: BlockSink) {
    this.#compression = compression;
    this.#sink = sink;
  }

  write(bytes: Uint8Array): Promise<void> {
    this.#isEmpty = false;
    this.#last = this.#pass(this.#last, this.#compression.compress(bytes));
    return this.#last;
  }

  /** To be called when all writes have resolved. A file of nothing still has a member: without one it could not be unpacked. */
  async finish(): Promise<void> {
    if (this.#isEmpty) await this.write(new Uint8Array());
  }

  async #pass(before: Promise<void>, making: Promise<Member>): Promise<void> {
    // Both, come what may: until then the block is looked into.
    const [order, made] = await Promise.allSettled([before, making]);
    using member = made.status === 'fulfilled' ? made.value : null;
    if (order.status === 'rejected') throw order.reason;
    if (made.status === 'rejected') throw made.reason;
    for (const piece of member?.pieces ?? []) this.#append(piece);
    await this.#sink.drained();
  }

  /** Blocks of a file are filled to their end: only whole ones can go past the system's cache. */
  #append(packed: Uint8Array): void {
    for (let from = 0; from < packed.length;) {
      this.#sink.room(1);
      const { bytes, length } = this.#sink;
      const piece = packed.subarray(from, from + bytes.length - length);
      // By `Buffer`: into shared memory typed arrays copy eight bytes at a time.
      Buffer.from(piece.buffer).copy(bytes, length, piece.byteOffset, piece.byteOffset + piece.length);
      this.#sink.length += piece.length;
      from += piece.length;
    }
  }
}
