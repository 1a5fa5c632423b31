/** UTF-16 as the wire has it (least significant byte first) into UTF-8, without a string in between. */

/** What a half of a surrogate pair becomes in a row that is given up because of it. */
const REPLACEMENT = 0xfffd;

export class Utf16Writer {
  /** Grows to the largest piece there was. */
  bytes = new Uint8Array(4096);
  length = 0;
  /** Half a surrogate pair was met since {@link begin}. */
  broken = false;
  /** High half of a pair whose other half has not come yet; 0: none. */
  #high = 0;
  /** A lone byte at the end of a piece; -1: none. */
  #odd = -1;

  /** Begins a new value. */
  begin(): void {
    this.broken = false;
    this.#high = 0;
    this.#odd = -1;
  }

  /** Turns a piece of the value into `bytes[0, length)`: whole characters only, the rest waits for the next piece. */
  piece(source: Uint8Array, start: number, end: number): void {
    this.length = 0;
    const room = (end - start + 2) * 2;
    if (this.bytes.length < room) this.bytes = new Uint8Array(room);
    let at = start;
    if (this.#odd >= 0 && at < end) {
      this.#unit(this.#odd | ((source[at++] as number) << 8));
      this.#odd = -1;
    }
    at = this.#ascii(source, at, end);
    for (; at + 1 < end; at += 2) this.#unit((source[at] as number) | ((source[at + 1] as number) << 8));
    if (at < end) this.#odd = source[at] as number;
  }

  /** Whether half a character waits for its other half. */
  get isWaiting(): boolean {
    return this.#high !== 0 || this.#odd >= 0;
  }

  /** The value is over: what still waits is half a character. `bytes[0, length)` is what that comes to. */
  finish(): void {
    this.length = 0;
    if (this.isWaiting) this.#replace();
    this.#high = 0;
    this.#odd = -1;
  }

  /** The plain beginning of a piece, which most pieces are as a whole. Gives where it ends. */
  #ascii(source: Uint8Array, start: number, end: number): number {
    let at = start;
    if (this.#high !== 0) return at;
    let length = this.length;
    const { bytes } = this;
    for (; at + 1 < end; at += 2) {
      const low = source[at] as number;
      if (source[at + 1] !== 0 || low > 0x7f) break;
      bytes[length++] = low;
    }
    this.length = length;
    return at;
  }

  #unit(unit: number): void {
    if (this.#high !== 0) {
      const high = this.#high;
      this.#high = 0;
      if (unit >= 0xdc00 && unit <= 0xdfff) return this.#put(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
      this.#replace();
    }
    if (unit >= 0xd800 && unit <= 0xdbff) this.#high = unit;
    else if (unit >= 0xdc00 && unit <= 0xdfff) this.#replace();
    else this.#put(unit);
  }

  #replace(): void {
    this.broken = true;
    this.#put(REPLACEMENT);
  }

  #put(code: number): void {
    const { bytes } = this;
    if (code < 0x80) bytes[this.length++] = code;
    else if (code < 0x800) {
      bytes[this.length++] = 0xc0 | (code >> 6);
      bytes[this.length++] = 0x80 | (code & 0x3f);
    } else if (code < 0x10000) {
      bytes[this.length++] = 0xe0 | (code >> 12);
      bytes[this.length++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[this.length++] = 0x80 | (code & 0x3f);
    } else {
      bytes[this.length++] = 0xf0 | (code >> 18);
      bytes[this.length++] = 0x80 | ((code >> 12) & 0x3f);
      bytes[this.length++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[this.length++] = 0x80 | (code & 0x3f);
    }
  }
}
