/**
 * Bytes a PLAIN cell may hold: none that any CSV profile quotes. Excluded are control characters, DEL, both quotes, the
 * backslash, and what is in use as a delimiter: comma, semicolon, bar, tab, caret, tilde.
 */
export const CARE_BYTES = careBytes();

function careBytes(): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(1, 0, 0x20);
  for (const char of '"\'`\\,;|^~\x7f') table[char.charCodeAt(0)] = 1;
  return table;
}

/** CELL_PLAIN when the range is not empty and holds no byte that needs care, else 0. */
export function plainFlag(bytes: Uint8Array, start: number, end: number): 0 | 4 {
  if (start === end) return 0;
  for (let i = start; i < end; i++) {
    if (CARE_BYTES[bytes[i] as number] !== 0) return 0;
  }
  return 4;
}
