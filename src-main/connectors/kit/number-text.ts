/** Canonical text of binary floats (row-batch.md §4): JavaScript's shortest round-trip digits, spelled one way. */

/** In this range JavaScript's own text has no exponent and is the same: most values go no further. */
const isPlainInJavaScript = (value: number): boolean => {
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e15;
};

const EXPONENT_FORM = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;

interface Digits {
  readonly sign: string;
  /** Without leading or trailing zeros, except for the number zero. */
  readonly digits: string;
  /** Of the first digit. */
  readonly exponent: number;
}

function shortestDigits(value: number): Digits {
  return digitsOf(value, value.toExponential());
}

/** The fewest digits that read back to the same 32-bit float. */
function shortestDigits32(value: number): Digits {
  for (let digits = 0; digits < 8; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return digitsOf(value, text);
  }
  return digitsOf(value, value.toExponential(8));
}

function digitsOf(value: number, text: string): Digits {
  const [, sign = '', first = '0', rest = '', exponent = '0'] = EXPONENT_FORM.exec(text) ?? [];
  return { sign: Object.is(value, -0) ? '-' : sign, digits: first + rest, exponent: Number(exponent) };
}

function plain({ sign, digits, exponent }: Digits): string {
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0');
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** As a float: with an exponent of at least two digits below 1e-4 and from 1e+15 on. */
export function floatText(value: number): string {
  if (isPlainInJavaScript(value)) return String(value);
  if (!Number.isFinite(value)) return String(value);
  return spell(shortestDigits(value));
}

/** As a 32-bit float, which the value must be. */
export function float32Text(value: number): string {
  return Number.isFinite(value) ? spell(shortestDigits32(value)) : String(value);
}

function spell(parts: Digits): string {
  if (parts.exponent >= -4 && parts.exponent < 15) return plain(parts);
  const { sign, digits, exponent } = parts;
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  const power = String(Math.abs(exponent)).padStart(2, '0');
  return `${sign}${digits.slice(0, 1)}${fraction}e${exponent < 0 ? '-' : '+'}${power}`;
}

/** As a decimal: the same digits, never an exponent. */
export function decimalText(value: number): string {
  if (isPlainInJavaScript(value)) return String(value);
  return Number.isFinite(value) ? plain(shortestDigits(value)) : String(value);
}
