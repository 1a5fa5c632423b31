import type { ByteSink } from '../../src-main/ports/byte-sink.ts';

/** A sink that keeps everything. Blocks leave when they are full, as in a run, so that encoders must ask for room. */
export class MemorySink implements ByteSink {
  bytes: Uint8Array;
  length = 0;
  readonly #blockBytes: number;
  readonly #blocks: Uint8Array[] = [];

  constructor(blockBytes = 4096) {
    this.#blockBytes = blockBytes;
    this.bytes = new Uint8Array(blockBytes);
  }

  room(size: number): void {
    if (this.length > this.bytes.length) throw new RangeError('more was written than there was room for');
    if (this.bytes.length - this.length >= size) return;
    this.#blocks.push(this.bytes.slice(0, this.length));
    this.bytes = new Uint8Array(Math.max(this.#blockBytes, size));
    this.length = 0;
  }

  /** All that was written so far. */
  written(): Uint8Array {
    if (this.length > this.bytes.length) throw new RangeError('more was written than there was room for');
    return Buffer.concat([...this.#blocks, this.bytes.subarray(0, this.length)]);
  }

  text(): string {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.written());
  }
}
