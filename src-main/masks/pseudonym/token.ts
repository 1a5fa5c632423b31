/** The token's text: the first 130 bits of the code in base32 (RFC 4648 §6), lower case, without padding. */
const ALPHABET = Uint8Array.from('abcdefghijklmnopqrstuvwxyz234567', (char) => char.charCodeAt(0));

export const TOKEN_CHARACTERS = 26;

/** Writes the 26 characters of `code` (big-endian words) to `target` at `at`. */
export function writeToken(code: Readonly<Int32Array>, target: Uint8Array, at: number): void {
  for (let i = 0; i < TOKEN_CHARACTERS; i++) {
    const word = (5 * i) >>> 5;
    const offset = (5 * i) & 31;
    const group =
      offset <= 27
        ? (code[word] as number) >>> (27 - offset)
        : ((code[word] as number) << (offset - 27)) | ((code[word + 1] as number) >>> (59 - offset));
    target[at + i] = ALPHABET[group & 31] as number;
  }
}
