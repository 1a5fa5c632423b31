/** The server's texts of numbers, times and intervals, as docs/spec/row-batch.md §4 spells them. */

const SCIENTIFIC = /^(-?)(\d*)(?:\.(\d+))?[eE]([+-]?\d+)$/;

/** `.5` is `0.5` there, and a number of more than 64 characters comes with an exponent. */
export function decimalText(text: string): string {
  const scientific = SCIENTIFIC.exec(text);
  if (scientific !== null) return expanded(scientific);
  if (text.startsWith('.')) return `0${text}`;
  if (text.startsWith('-.')) return `-0${text.slice(1)}`;
  // NUMBER knows the infinities, though no literal gives them.
  if (text === '~' || text === '-~') return text === '~' ? 'Infinity' : '-Infinity';
  return text;
}

function expanded([, sign = '', whole = '', fraction = '', exponent = '0']: RegExpExecArray): string {
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = point <= 0 ? 1 : point;
  const kept = padded.slice(at).replace(/0+$/, '');
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  return `${sign}${before}${kept === '' ? '' : `.${kept}`}`;
}

/** ` 2024-02-29T…`, `-0044-03-15T…`: the year with a blank or a minus before it. `zone`: what stands for UTC. */
export function timestampText(text: string, zone: '' | 'Z'): string {
  const sign = text.charCodeAt(0);
  if (sign === 0x2d) return `${text.slice(1)}${zone} BC`;
  return `${sign === 0x20 ? text.slice(1) : text}${zone}`;
}

const YEARS = /^([+-]?)(\d+)-(\d+)$/;
const DAYS = /^([+-]?)(\d+) (\d+):(\d+):(\d+)(?:\.(\d+))?$/;

/** `+02-03`, `-04 05:06:07.890000`, as ISO 8601 with a sign for each part; null: it is neither. */
export function intervalText(text: string): string | null {
  const years = YEARS.exec(text);
  if (years !== null) {
    const [, sign, year, month] = years;
    const said = part(sign, year, 'Y') + part(sign, month, 'M');
    return said === '' ? 'PT0S' : `P${said}`;
  }
  const days = DAYS.exec(text);
  if (days === null) return null;
  const [, sign, day, hour, minute, second, fraction = ''] = days;
  const rest = fraction.replace(/0+$/, '');
  const seconds = rest === '' ? part(sign, second, 'S') : `${minus(sign)}${Number(second)}.${rest}S`;
  const time = part(sign, hour, 'H') + part(sign, minute, 'M') + seconds;
  const date = part(sign, day, 'D');
  if (date === '' && time === '') return 'PT0S';
  return `P${date}${time === '' ? '' : `T${time}`}`;
}

function part(sign: string | undefined, digits: string | undefined, unit: string): string {
  const count = Number(digits);
  return count === 0 ? '' : `${minus(sign)}${count}${unit}`;
}

function minus(sign: string | undefined): string {
  return sign === '-' ? '-' : '';
}
