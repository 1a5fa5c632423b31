/**
 * Values of COPY BINARY as the text COPY text has for them. Only rows longer than a block come here: all others go through
 * the kernel, which has formatters of its own.
 */
import type { CellEncoding } from '../../ports/kernel.ts';
import { malformed } from './copy-split.ts';

const DAY_MICROS = 86_400_000_000n;
const DAYS_TO_2000 = 10_957n;
const SIGNS: Readonly<Record<number, string>> = { 0xc000: 'NaN', 0xd000: 'Infinity', 0xf000: '-Infinity' };

/** Bytes a value has; null: as many as it says, in a numeric. */
export const VALUE_BYTES: Readonly<Record<Exclude<CellEncoding, 'text' | 'json' | 'bytes'>, number | null>> = {
  ...{ boolean: 1, int16: 2, int32: 4, int64: 8, uint32: 4, uint64: 8 },
  ...{ numeric: null, date: 4, time: 8, timestamp: 8, uuid: 16 },
};

/** `utc`: the session's time zone, in which the offset is always written +00. */
export function valueText(
  encoding: keyof typeof VALUE_BYTES,
  { view, utc }: { readonly view: DataView; readonly utc: boolean },
): string {
  const size = VALUE_BYTES[encoding];
  if (size !== null && size !== view.byteLength) throw malformed();
  switch (encoding) {
    case 'boolean':
      if (view.getUint8(0) > 1) throw malformed();
      return view.getUint8(0) === 1 ? 't' : 'f';
    case 'int16':
      return String(view.getInt16(0));
    case 'int32':
      return String(view.getInt32(0));
    case 'int64':
      return String(view.getBigInt64(0));
    case 'uint32':
      return String(view.getUint32(0));
    case 'uint64':
      return String(view.getBigUint64(0));
    case 'numeric':
      return numericText(view);
    case 'date':
      return dateText(view.getInt32(0));
    case 'time':
      return timeText(view.getBigInt64(0));
    case 'timestamp':
      return timestampText(view.getBigInt64(0), utc);
    case 'uuid':
      return uuidText(view);
  }
}

function numericText(view: DataView): string {
  if (view.byteLength < 8 || view.byteLength !== 8 + 2 * view.getUint16(0)) throw malformed();
  const [count, weight, sign, scale] = [view.getUint16(0), view.getInt16(2), view.getUint16(4), view.getUint16(6)];
  const word = SIGNS[sign];
  if (word !== undefined) return word;
  if ((sign !== 0 && sign !== 0x4000) || scale > 0x3fff) throw malformed();
  const digit = (i: number): string => {
    const value = i >= 0 && i < count ? view.getUint16(8 + 2 * i) : 0;
    if (value > 9999) throw malformed();
    return String(value).padStart(4, '0');
  };
  const digits = (from: number, to: number): string =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => digit(from + i)).join('');
  const whole = weight < 0 ? '0' : `${Number(digit(0))}${digits(1, weight + 1)}`;
  const fraction = digits(weight + 1, weight + 1 + Math.ceil(scale / 4)).slice(0, scale);
  return `${sign === 0 ? '' : '-'}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

function dateText(day: number): string {
  if (day === 0x7fffffff) return 'infinity';
  if (day === -0x80000000) return '-infinity';
  const { text, suffix } = calendarDay(BigInt(day));
  return `${text}${suffix}`;
}

function timestampText(micros: bigint, utc: boolean): string {
  if (micros === 2n ** 63n - 1n) return 'infinity';
  if (micros === -(2n ** 63n)) return '-infinity';
  const ofDay = ((micros % DAY_MICROS) + DAY_MICROS) % DAY_MICROS;
  const { text, suffix } = calendarDay((micros - ofDay) / DAY_MICROS);
  return `${text} ${timeText(ofDay)}${utc ? '+00' : ''}${suffix}`;
}

/** The proleptic Gregorian calendar in eras of 400 years from a first of March. */
function calendarDay(since2000: bigint): { readonly text: string; readonly suffix: string } {
  const day = Number(since2000 + DAYS_TO_2000 + 719_468n);
  const era = Math.floor(day / 146_097);
  const ofEra = day - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const counted = year + era * 400 + (month <= 2 ? 1 : 0);
  const shown = counted > 0 ? counted : 1 - counted;
  const dayOfMonth = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  return { text: `${pad(shown, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`, suffix: counted > 0 ? '' : ' BC' };
}

function timeText(micros: bigint): string {
  const seconds = Number(micros / 1_000_000n);
  const fraction = pad(Number(micros % 1_000_000n), 6).replace(/0+$/, '');
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part, 2));
  return `${clock.join(':')}${fraction === '' ? '' : `.${fraction}`}`;
}

function uuidText(view: DataView): string {
  const hex = Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function pad(n: number, size: number): string {
  return String(n).padStart(size, '0');
}
