/**
 * Cells a spreadsheet would not leave alone. Formulas: OWASP "CSV Injection": a cell that begins with = + - @ TAB or CR
 * is run. Numbers: a spreadsheet keeps 15 significant digits and drops leading zeros.
 */
const FORMULA_STARTS = new Uint8Array(256);
for (const char of '=+-@\t\r') FORMULA_STARTS[char.charCodeAt(0)] = 1;

const KEPT_DIGITS = 15;
const ZERO = 0x30;

/** A text as a range of bytes, not escaped but for its first byte, which is given apart. */
export interface GuardedRange {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Whether the cell would be run as a formula. A plain number of a numeric column is none. */
export function isFormula(range: GuardedRange, firstByte: number, numeric: boolean): boolean {
  return FORMULA_STARTS[firstByte] === 1 && !(numeric && isPlainNumber(range));
}

/** Whether the cell looks like a number that would come back changed. */
export function isFragileNumber(range: GuardedRange, numeric: boolean): boolean {
  const { bytes, start, end } = range;
  let i = start;
  if (bytes[i] === 0x2d) i++;
  // A leading zero is part of a code (postal, account); of a number only `0` and `0.5` begin so.
  if (!numeric && bytes[i] === ZERO && isDigit(bytes[i + 1] ?? 0) && i + 1 < end) return isPlainNumber(range);
  let significant = 0;
  for (; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte === 0x2e) continue;
    if (!isDigit(byte)) break;
    if (significant > 0 || byte !== ZERO) significant++;
  }
  return significant > KEPT_DIGITS && isPlainNumber(range);
}

/** Optional sign, digits, at most one point, optional exponent. */
function isPlainNumber({ bytes, start, end }: GuardedRange): boolean {
  let i = start;
  if (bytes[i] === 0x2d || bytes[i] === 0x2b) i++;
  const digits = i;
  let points = 0;
  for (; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte === 0x2e) points++;
    else if (!isDigit(byte)) break;
  }
  if (points > 1 || i - digits - points === 0) return false;
  if (i < end && ((bytes[i] as number) | 0x20) === 0x65) return isExponent(bytes, i + 1, end);
  return i === end;
}

function isExponent(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  if (i < end && (bytes[i] === 0x2d || bytes[i] === 0x2b)) i++;
  const digits = i;
  while (i < end && isDigit(bytes[i] as number)) i++;
  return i === end && i > digits;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39;
}
