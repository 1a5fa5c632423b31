/** Writes COPY text: https://www.postgresql.org/docs/current/sql-copy.html, "Text Format". */
const TAB = 0x09;
const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
/** A portion is about this long. */
const PORTION_BYTES = 512 * 1024;
/** By byte: what stands behind the backslash; 0: the byte stands for itself. */
const LETTERS = new Uint8Array(256);
LETTERS.set(Buffer.from('btnvfr'), 8);
LETTERS[BACKSLASH] = BACKSLASH;
const HEX_DIGITS = Buffer.from('0123456789abcdef');

export class EscapedText {
  #bytes = new Uint8Array(PORTION_BYTES);
  #length = 0;

  get isFull(): boolean {
    return this.#length >= PORTION_BYTES;
  }

  /** What was written since the last time; void with the next word. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }

  plain(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  text(source: Uint8Array, start: number, end: number): void {
    this.#room(2 * (end - start));
    const to = this.#bytes;
    let at = this.#length;
    for (let i = start; i < end; i++) {
      const byte = source[i] as number;
      const letter = LETTERS[byte] as number;
      if (letter === 0) to[at++] = byte;
      else {
        to[at++] = BACKSLASH;
        to[at++] = letter;
      }
    }
    this.#length = at;
  }

  hex(source: Uint8Array, start: number, end: number): void {
    this.#room(2 * (end - start));
    const to = this.#bytes;
    let at = this.#length;
    for (let i = start; i < end; i++) {
      const byte = source[i] as number;
      to[at++] = HEX_DIGITS[byte >> 4] as number;
      to[at++] = HEX_DIGITS[byte & 15] as number;
    }
    this.#length = at;
  }

  endCell(isLast: boolean): void {
    this.#room(1);
    this.#bytes[this.#length++] = isLast ? NEWLINE : TAB;
  }

  #room(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + size));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
