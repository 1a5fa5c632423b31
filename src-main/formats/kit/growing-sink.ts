import type { ByteSink } from '../../ports/byte-sink.ts';

/** A sink that keeps one growing block: the way-station of an encoder that works in two steps. */
export class GrowingSink implements ByteSink {
  bytes: Uint8Array = new Uint8Array(64 * 1024);
  length = 0;

  room(size: number): void {
    const needed = this.length + size;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}
