/**
 * Looks for one separator in a text that comes in pieces (Knuth–Morris–Pratt), and tells whether the text's end and the
 * separator after it would together be read as a separator that begins earlier: `a|~` before `|~|`.
 */
export class SeparatorSearch {
  readonly #pattern: Uint8Array;
  /** By length of a match: the length of its longest proper end that is a beginning of the pattern. */
  readonly #fallback: Uint8Array;
  #matched = 0;

  constructor(pattern: Uint8Array) {
    this.#pattern = pattern;
    this.#fallback = new Uint8Array(pattern.length + 1);
    for (let i = 1, matched = 0; i < pattern.length; i++) {
      while (matched > 0 && pattern[i] !== pattern[matched]) matched = this.#fallback[matched] as number;
      if (pattern[i] === pattern[matched]) matched++;
      this.#fallback[i + 1] = matched;
    }
  }

  reset(): void {
    this.#matched = 0;
  }

  finds(bytes: Uint8Array): boolean {
    for (let i = 0; i < bytes.length; i++) if (this.#step(bytes[i] as number)) return true;
    return false;
  }

  /** To be asked at the end of the text. */
  wouldMoveForward(): boolean {
    for (let i = 0; i < this.#pattern.length - 1; i++) if (this.#step(this.#pattern[i] as number)) return true;
    return false;
  }

  #step(byte: number): boolean {
    const pattern = this.#pattern;
    while (this.#matched > 0 && pattern[this.#matched] !== byte)
      this.#matched = this.#fallback[this.#matched] as number;
    if (pattern[this.#matched] === byte) this.#matched++;
    if (this.#matched < pattern.length) return false;
    this.#matched = 0;
    return true;
  }
}
