const LF = 0x0a;

/** Cuts a stream of bytes into lines (without LF), holding at most one line of `limit` bytes and one chunk. */
export class LineSplitter {
  readonly #limit: number;
  #partial: Uint8Array = new Uint8Array(0);
  #overlong = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The lines that end in this chunk. They are views of it or copies: use them before the next push. */
  push(chunk: Uint8Array): Uint8Array[] {
    const lines: Uint8Array[] = [];
    let start = 0;
    while (!this.#overlong) {
      const end = chunk.indexOf(LF, start);
      const piece = chunk.subarray(start, end < 0 ? undefined : end);
      if (this.#partial.length + piece.length > this.#limit) {
        this.#overlong = true;
      } else if (end < 0) {
        this.#partial = joined(this.#partial, piece);
        break;
      } else {
        lines.push(this.#partial.length === 0 ? piece : joined(this.#partial, piece));
        this.#partial = new Uint8Array(0);
        start = end + 1;
      }
    }
    return lines;
  }

  /** A line passed the limit: nothing after the lines given out so far is cut. */
  get overlong(): boolean {
    return this.#overlong;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
