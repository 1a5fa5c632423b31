import type { ColumnDefault } from '../../../src-shared/model/catalog-definition.ts';
import { toHex } from '../../../src-shared/util/hex.ts';
import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import { decimalText, floatText } from '../kit/number-text.ts';

type Constant = bigint | number | string | Uint8Array;

const WHOLE = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const HEX = /^0x[0-9a-f]{1,16}$/i;
const INT64 = 2n ** 63n;

/** What a default means for a column of this type, in the words of the library; undefined: no more than NULL. */
export function readDefault(text: string, type: LogicalType, declared: string): ColumnDefault | undefined {
  const written = withoutBrackets(text.trim());
  if (/^null$/i.test(written)) return undefined;
  const constant = constantOf(written);
  const stored = constant === undefined ? undefined : storedText(constant, type, declared);
  return stored === undefined ? { kind: 'other', text } : { kind: 'literal', text: stored };
}

/** Brackets around all of it, as many as there are. */
function withoutBrackets(text: string): string {
  const inside = /^\(\s*((?:[^()']|'(?:[^']|'')*')*?)\s*\)$/s.exec(text)?.[1];
  return inside === undefined ? text : withoutBrackets(inside);
}

function constantOf(text: string): Constant | undefined {
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true' ? 1n : 0n;
  if (HEX.test(text)) return BigInt.asIntN(64, BigInt(text));
  const number = numberOf(text.replace(/^([+-])\s+/, '$1'));
  if (number !== undefined) return number;
  const bytes = /^x'((?:[0-9a-f]{2})*)'$/i.exec(text)?.[1];
  if (bytes !== undefined) return Buffer.from(bytes, 'hex');
  const [, quote = '', inside = ''] = /^(['"])(.*)\1$/s.exec(text) ?? [];
  if (quote === '' || inside.replaceAll(quote + quote, '').includes(quote)) return undefined;
  return inside.replaceAll(quote + quote, quote);
}

/** As the library reads it: a whole number beyond 64 bits is a REAL. */
function numberOf(text: string): bigint | number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const whole = WHOLE.test(text) ? BigInt(text.replace('+', '')) : null;
  return whole !== null && whole >= -INT64 && whole < INT64 ? whole : Number(text);
}

/** The canonical text of what is stored; undefined: it is no value of this type, or it is not known for sure. */
function storedText(constant: Constant, type: LogicalType, declared: string): string | undefined {
  switch (type.kind) {
    case 'bytes':
      return constant instanceof Uint8Array ? toHex(constant) : undefined;
    case 'text':
    case 'json':
      return storedAsText(constant, declared);
    case 'boolean':
    case 'int':
    case 'decimal':
    case 'float':
      return constant instanceof Uint8Array ? undefined : storedNumber(constant, type.kind);
    case 'timestamp':
    case 'date':
    case 'time':
    case 'interval':
    case 'array':
      return undefined;
  }
}

/** A column of numbers makes one of a text that looks like it. */
function storedNumber(
  constant: bigint | number | string,
  kind: 'boolean' | 'int' | 'decimal' | 'float',
): string | undefined {
  const number = typeof constant === 'string' ? numberOf(constant.trim()) : constant;
  if (number === undefined) return undefined;
  if (kind === 'float') return floatText(Number(number) + 0);
  const isWhole = typeof number === 'bigint' || Number.isSafeInteger(number);
  if (!isWhole) return kind === 'decimal' ? decimalText(number) : undefined;
  if (kind === 'decimal') return String(number);
  if (kind === 'int') return String(number);
  return Number(number) === 1 || Number(number) === 0 ? String(Number(number) === 1) : undefined;
}

function storedAsText(constant: Constant, declared: string): string | undefined {
  if (constant instanceof Uint8Array || typeof constant === 'number') return undefined;
  if (typeof constant === 'bigint') return String(constant);
  const keepsText = declared === '' || /char|clob|text/i.test(declared);
  return keepsText || numberOf(constant.trim()) === undefined ? constant : undefined;
}
