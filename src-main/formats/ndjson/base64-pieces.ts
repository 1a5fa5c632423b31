const ALPHABET = Uint8Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (char) =>
  char.charCodeAt(0),
);
const PADDING = 0x3d;

/** Base64 with padding (RFC 4648 §4) of a value that comes in pieces. */
export class Base64Pieces {
  #bits = 0;
  #bytes = 0;

  begin(): void {
    this.#bits = 0;
    this.#bytes = 0;
  }

  /** Writes raw bytes at `at` (room for 4/3 of them and 4) and returns the position after them. */
  put(source: Uint8Array, to: Uint8Array, at: number): number {
    let out = at;
    for (let i = 0; i < source.length; i++) {
      this.#bits = (this.#bits << 8) | (source[i] as number);
      if (++this.#bytes === 3) out = this.#quartet(to, out);
    }
    return out;
  }

  end(to: Uint8Array, at: number): number {
    if (this.#bytes === 0) return at;
    const missing = 3 - this.#bytes;
    this.#bits <<= 8 * missing;
    const out = this.#quartet(to, at);
    to.fill(PADDING, out - missing, out);
    return out;
  }

  #quartet(to: Uint8Array, at: number): number {
    for (let i = 0; i < 4; i++) to[at + i] = ALPHABET[(this.#bits >>> (18 - 6 * i)) & 63] as number;
    this.begin();
    return at + 4;
  }
}
