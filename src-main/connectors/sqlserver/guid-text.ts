/** The server's own order: the first three groups with their least significant byte first. */
const ORDER = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];
const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

/** A uniqueidentifier as the server prints it, in upper case. */
export function guidText(bytes: Uint8Array, start: number): string {
  let text = '';
  for (const place of ORDER) text += place < 0 ? '-' : (DIGITS[bytes[start + place] as number] as string);
  return text;
}
