import { readSync } from 'node:fs';
import type { ReaderMessage } from './reader-protocol.ts';

const LENGTH_BYTES = 4;

/** Messages of the parent, waited for on the calling thread: the reader does one thing at a time and has no event loop. */
export class MessageSource {
  readonly #descriptor: number;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** null: the parent is gone. */
  next(): ReaderMessage | null {
    const length = this.#bytes(LENGTH_BYTES);
    if (length === null) return null;
    const json = this.#bytes(length.readUInt32LE());
    // The parent is the same build and wrote exactly this type.
    return json === null ? null : (JSON.parse(json.toString('utf8')) as ReaderMessage);
  }

  #bytes(size: number): Buffer | null {
    const bytes = Buffer.alloc(size);
    for (let at = 0; at < size;) {
      const count = readSync(this.#descriptor, bytes, at, size - at, null);
      if (count === 0) return null;
      at += count;
    }
    return bytes;
  }
}
