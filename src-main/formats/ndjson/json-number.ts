const ZERO = 0x30;

/** Whether the range is a number as RFC 8259 §6 writes it. */
export function isJsonNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let i = bytes[start] === 0x2d ? start + 1 : start;
  const integer = i;
  i = skipDigits(bytes, i, end);
  if (i === integer || (bytes[integer] === ZERO && i > integer + 1)) return false;
  if (i < end && bytes[i] === 0x2e) {
    const fraction = ++i;
    i = skipDigits(bytes, i, end);
    if (i === fraction) return false;
  }
  if (i < end && ((bytes[i] as number) | 0x20) === 0x65) {
    i++;
    if (i < end && (bytes[i] === 0x2b || bytes[i] === 0x2d)) i++;
    const exponent = i;
    i = skipDigits(bytes, i, end);
    if (i === exponent) return false;
  }
  return i === end;
}

function skipDigits(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && (bytes[i] as number) >= ZERO && (bytes[i] as number) <= 0x39) i++;
  return i;
}
