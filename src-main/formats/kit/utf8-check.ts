import { isUtf8 } from 'node:buffer';

/** Tells whether a stream of blocks is valid UTF-8, characters across blocks included. */
export class Utf8Check {
  readonly #carry = new Uint8Array(8);
  #carried = 0;

  /** False once a block is not valid. */
  push(chunk: Uint8Array): boolean {
    let start = 0;
    while (this.#carried > 0 && start < chunk.length) {
      const byte = chunk[start] as number;
      if ((byte & 0xc0) !== 0x80) return false;
      this.#carry[this.#carried++] = byte;
      start++;
      if (this.#carried === sizeOf(this.#carry[0] as number)) {
        if (!isUtf8(this.#carry.subarray(0, this.#carried))) return false;
        this.#carried = 0;
      }
    }
    const end = wholeCharacters(chunk, start);
    if (end < chunk.length) {
      this.#carry.set(chunk.subarray(end), 0);
      this.#carried = chunk.length - end;
    }
    return isUtf8(chunk.subarray(start, end));
  }

  /** Whether the stream may end here. */
  isComplete(): boolean {
    return this.#carried === 0;
  }
}

/** End of the last whole character of the block. */
function wholeCharacters(chunk: Uint8Array, start: number): number {
  for (let back = 1; back <= 3 && chunk.length - back >= start; back++) {
    const byte = chunk[chunk.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    return sizeOf(byte) > back ? chunk.length - back : chunk.length;
  }
  return chunk.length;
}

function sizeOf(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
