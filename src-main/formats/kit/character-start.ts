/** `at`, or up to three bytes before it, so that no UTF-8 character is cut there; `end` is always a fine place. */
export function characterStart(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return end;
  let start = at;
  while (start > at - 3 && ((bytes[start] as number) & 0xc0) === 0x80) start--;
  return start;
}
