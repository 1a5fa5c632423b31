/** From the driver's values, told apart by storage class, to cells in canonical text. */
import { isUtf8 } from 'node:buffer';
import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { BatchWriter } from '../kit/batch-writer.ts';
import { decimalText, floatText } from '../kit/number-text.ts';

/** A value of the driver with BigInts for INTEGER. */
export type StoredValue = null | bigint | number | string | Uint8Array;

/** Why a value cannot be carried, in words without the value; undefined: it was written. */
export type Refusal = string | undefined;

/** Writes one value that is not NULL. */
export type CellWriter = (writer: BatchWriter, value: Exclude<StoredValue, null>) => Refusal;

/** Bytes of TEXT as UTF-8; null: they are not valid in the database's encoding. */
export type TextBytes = (bytes: Uint8Array) => Uint8Array | null;

const STORAGE: Readonly<Record<string, string>> = { bigint: 'INTEGER', number: 'REAL', string: 'TEXT' };
const DECIMAL = /^-?\d+(?:\.\d+)?$/;
export const MALFORMED = 'TEXT that is not valid in the encoding of the database';
export const NO_JSON = 'TEXT that is not valid JSON';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function textBytes(encoding: string): TextBytes {
  if (encoding === 'UTF-8') return (bytes) => (isUtf8(bytes) ? bytes : null);
  const utf16 = new TextDecoder(encoding.toLowerCase(), { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      return encoder.encode(utf16.decode(bytes));
    } catch {
      return null; // a lone surrogate or half a code unit
    }
  };
}

/** How cells of this type are written. */
export function cellWriter(type: LogicalType, toUtf8: TextBytes): CellWriter {
  switch (type.kind) {
    case 'int':
      return writeInt;
    case 'float':
      return writeFloat;
    case 'boolean':
      return writeBoolean;
    case 'bytes':
      return writeBlob;
    case 'decimal':
      return (writer, value) => writeDecimal(writer, value, toUtf8);
    case 'json':
      return (writer, value) => writeJson(writer, value, toUtf8);
    case 'text':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'interval':
    case 'array':
      return (writer, value) => writeText(writer, value, toUtf8);
  }
}

/** Text columns arrive as bytes for TEXT and as a mark (a JS string) for BLOB, columns of BLOBs the other way: select-column.ts. */
const storageOf = (value: StoredValue): string => STORAGE[typeof value] ?? 'BLOB';

const writeInt: CellWriter = (writer, value) => {
  if (typeof value !== 'bigint') return storageOf(value);
  writer.writeText(value.toString());
  return undefined;
};

const writeFloat: CellWriter = (writer, value) => {
  let number = value;
  // An expression may give INTEGER in a column that is declared REAL.
  if (typeof number === 'bigint' && BigInt(Number(number)) === number) number = Number(number);
  if (typeof number === 'bigint') return 'an INTEGER that no REAL equals';
  if (typeof number !== 'number') return storageOf(value);
  writer.writeText(floatText(number));
  return undefined;
};

const writeBoolean: CellWriter = (writer, value) => {
  if (value !== 0n && value !== 1n)
    return typeof value === 'bigint' ? 'an INTEGER other than 0 and 1' : storageOf(value);
  writer.writeText(value === 1n ? 'true' : 'false');
  return undefined;
};

const writeBlob: CellWriter = (writer, value) => {
  if (!(value instanceof Uint8Array)) return storageOf(value);
  writer.writeBytes(value);
  return undefined;
};

function writeText(writer: BatchWriter, value: Exclude<StoredValue, null>, toUtf8: TextBytes): Refusal {
  if (typeof value === 'string') return 'BLOB';
  if (typeof value === 'bigint') writer.writeText(value.toString());
  else if (typeof value === 'number') writer.writeText(floatText(value));
  else {
    const bytes = toUtf8(value);
    if (bytes === null) return MALFORMED;
    writer.writeBytes(bytes);
  }
  return undefined;
}

function writeDecimal(writer: BatchWriter, value: Exclude<StoredValue, null>, toUtf8: TextBytes): Refusal {
  if (typeof value === 'string') return 'BLOB';
  if (typeof value === 'number') {
    writer.writeText(decimalText(value));
    return undefined;
  }
  if (typeof value === 'bigint') return writeInt(writer, value);
  const bytes = toUtf8(value);
  const text = bytes === null ? '' : decoder.decode(bytes);
  if (!DECIMAL.test(text)) return 'TEXT that is no decimal number';
  writer.writeText(text);
  return undefined;
}

function writeJson(writer: BatchWriter, value: Exclude<StoredValue, null>, toUtf8: TextBytes): Refusal {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'an infinite REAL';
  if (!(value instanceof Uint8Array)) return writeText(writer, value, toUtf8);
  const bytes = toUtf8(value);
  if (bytes === null) return MALFORMED;
  if (!isJson(bytes)) return NO_JSON;
  writer.writeBytes(bytes);
  return undefined;
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    return true;
  } catch {
    return false; // the parser's message quotes the text
  }
}
