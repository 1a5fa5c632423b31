import type { Unpacker } from '../ports/compression.ts';
import { ZstdFrames } from './zstd-frames.ts';

/** Unpacks on this thread, a millisecond a frame: for what is too little to ask another one. */
export class UnpackerHere implements Unpacker {
  readonly #take: (bytes: Uint8Array) => void;
  readonly #frames = new ZstdFrames();

  constructor(take: (bytes: Uint8Array) => void) {
    this.#take = take;
  }

  async push(bytes: Uint8Array): Promise<void> {
    this.#frames.hold(bytes);
    for (const piece of this.#frames.unpacked()) this.#take(piece);
  }

  async finish(): Promise<void> {
    if (!this.#frames.isWhole) throw new Error('the last zstd frame is cut off');
  }

  close(): void {
    // The collector takes what is held.
  }
}
