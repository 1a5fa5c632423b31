/** Bytes a PLAIN cell may hold (row-batch.md §3): 1 = everywhere, 2 = a blank, inside only, 0 = never. */
export const PLAIN_BYTES: Uint8Array = plainTable();

function plainTable(): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(1, 0x21, 0x7f);
  for (const excluded of '"\',;|\\`') table[excluded.charCodeAt(0)] = 0;
  table[0x20] = 2;
  return table;
}

/** Whether the range may carry the flag PLAIN: not empty, only plain bytes, no blank at either end. */
export function isPlainRange(bytes: Uint8Array, start: number, end: number): boolean {
  if (end <= start || bytes[start] === 0x20 || bytes[end - 1] === 0x20) return false;
  for (let i = start; i < end; i++) {
    if (PLAIN_BYTES[bytes[i] as number] === 0) return false;
  }
  return true;
}
