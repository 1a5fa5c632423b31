/**
 * Whether a text is a value of a logical type, written as docs/spec/row-batch.md §4 has it. Stricter than what a
 * connector may send: no BC years and no durations as times, since a constant is chosen freely.
 */
import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { countCharacters } from '../kit/count-characters.ts';
import { isDate, isTime, isZone } from './calendar-text.ts';

/** Why the text is not a value of the type, and what would be: both go on from the mask's own sentence. */
export interface TextProblem {
  readonly why: string;
  readonly remedy: string;
}

type Of<Kind extends LogicalType['kind']> = Extract<LogicalType, { kind: Kind }>;

/** null when `text` is a canonical value of `type`. */
export function canonicalTextProblem(text: string, type: LogicalType): TextProblem | null {
  switch (type.kind) {
    case 'boolean':
      return unless(text === 'true' || text === 'false', 'it is not a boolean', 'true or false');
    case 'int':
      return intProblem(text, type);
    case 'decimal':
      return decimalProblem(text, type);
    case 'float':
      return floatProblem(text, type);
    case 'timestamp':
      return timestampProblem(text, type);
    case 'date':
      return unless(isDate(text), 'it is not a day of the calendar', 'a date like 2024-12-31');
    case 'time':
      return timeProblem(text, type);
    case 'interval':
      return unless(DURATION.test(text), 'it is not a duration', 'an ISO 8601 duration like P1DT2H');
    case 'bytes':
      return bytesProblem(text, type);
    case 'json':
      return unless(isJson(text), 'it is not valid JSON', 'JSON, a text in double quotes');
    case 'array':
      return { why: 'constants of arrays are not supported', remedy: 'nullify instead, or leave the column out' };
    case 'text':
      return textProblem(text, type);
  }
}

function unless(holds: boolean, why: string, remedy: string): TextProblem | null {
  return holds ? null : { why, remedy };
}

function intProblem(text: string, { bits, signed }: Of<'int'>): TextProblem | null {
  const least = signed ? -(2n ** BigInt(bits - 1)) : 0n;
  const most = 2n ** BigInt(signed ? bits - 1 : bits) - 1n;
  const remedy = `a whole number from ${least} to ${most}`;
  if (!/^(0|-?[1-9][0-9]*)$/.test(text)) return { why: 'it is not a whole number without leading zeros', remedy };
  return unless(text.length <= 21 && BigInt(text) >= least && BigInt(text) <= most, 'it is out of range', remedy);
}

function decimalProblem(text: string, { precision, scale }: Of<'decimal'>): TextProblem | null {
  const match = /^-?(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) return { why: 'it is not a decimal number', remedy: 'a number like 12.50' };
  if (precision === null) return null;
  const whole = match[1] === '0' ? 0 : (match[1] ?? '').length;
  const fraction = (match[2] ?? '').length;
  const fits = fraction <= (scale ?? 0) && whole <= precision - (scale ?? 0);
  return unless(fits, 'it has too many digits', `a number with at most ${scale ?? 0} digits after the point that fits`);
}

function floatProblem(text: string, { bits }: Of<'float'>): TextProblem | null {
  const remedy = 'a number like 0.1 or 1e+20 in its shortest form';
  const value = Number(text);
  const isNumber = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-][0-9]+)?$/.test(text);
  if (!isNumber || !Number.isFinite(value)) return { why: 'it is not a number of that width', remedy };
  // The shortest text of a double is what JavaScript prints; that of a float32 has at most nine digits and fits it.
  if (bits === 64) return unless(shortestText(value) === text, 'it is not in its shortest form', remedy);
  const short = shortestText(value) === text && text.replaceAll(/e.*|[-.]/g, '').replace(/^0+/, '').length <= 6;
  return unless(short && Number.isFinite(Math.fround(value)), 'it is not a short number of that width', remedy);
}

function shortestText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function timestampProblem(text: string, { digits, zone }: Of<'timestamp'>): TextProblem | null {
  const match = /^([0-9-]+)T([0-9:]+)(?:\.([0-9]+))?(Z|[+-][0-9:]+)?$/.exec(text);
  const example = `2024-12-31T23:59:59${zone === 'none' ? '' : zone === 'utc' ? 'Z' : '+02:00'}`;
  const fits =
    match !== null &&
    isDate(match[1] ?? '') &&
    isTime(match[2] ?? '') &&
    (match[3] ?? '').length <= digits &&
    isZone(match[4] ?? '', zone);
  return unless(fits, 'it is not such a point in time', `a timestamp like ${example}`);
}

function timeProblem(text: string, { digits, zone }: Of<'time'>): TextProblem | null {
  const match = /^([0-9:]+)(?:\.([0-9]+))?([+-][0-9:]+)?$/.exec(text);
  const fits =
    match !== null && isTime(match[1] ?? '') && (match[2] ?? '').length <= digits && isZone(match[3] ?? '', zone);
  return unless(fits, 'it is not such a time of day', `a time like 23:59:59${zone === 'none' ? '' : '+02:00'}`);
}

function bytesProblem(text: string, { maxBytes }: Of<'bytes'>): TextProblem | null {
  const isHex = /^([0-9a-f]{2})*$/.test(text);
  if (!isHex) return { why: 'it is not an even number of lower-case hex digits', remedy: 'bytes as hex like 00ff' };
  return unless(maxBytes === null || text.length / 2 <= maxBytes, 'it is too long', `at most ${maxBytes} bytes`);
}

function textProblem(text: string, { maxCharacters }: Of<'text'>): TextProblem | null {
  const bytes = utf8(text);
  const fits = maxCharacters === null || countCharacters(bytes, 0, bytes.length) <= maxCharacters;
  return unless(fits, 'it is too long', `at most ${maxCharacters} characters`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const PART = String.raw`-?[0-9]+`;
// At least one part, and at least one after a T; only seconds have a fraction.
const DURATION = new RegExp(
  `^P(?=[-0-9T])(${PART}Y)?(${PART}M)?(${PART}W)?(${PART}D)?(T(?=[-0-9])(${PART}H)?(${PART}M)?(${PART}(\\.[0-9]+)?S)?)?$`,
);
