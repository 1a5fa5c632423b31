// Types on the wire and how a value of each is written. [MS-TDS] 2.2.5.4 to 2.2.5.6.
import { bVarchar, ucs2, u16, u32, u64, u8, unsigned, usVarchar } from './bytes.ts';
import { COLLATION } from './tokens.ts';

/** A long value in pieces, so that nobody has to hold it; `bytes`: the length that is announced, null: none. */
export interface Pieces {
  readonly bytes: number | null;
  readonly pieces: Iterable<Buffer>;
}

export type WireValue = null | boolean | number | bigint | string | Buffer | Pieces;

export interface WireType {
  /** Its TYPE_INFO in the column's metadata. */
  readonly info: Buffer;
  /** The value, with whatever says its length. */
  write(value: WireValue): Iterable<Buffer>;
}

export interface WireColumn {
  readonly name: string;
  readonly type: WireType;
  readonly nullable?: boolean;
}

const MAX = 0xffff;
const CHUNK = 8000;

function number(size: 1 | 2 | 4 | 8, value: WireValue): Buffer {
  return unsigned(BigInt.asUintN(size * 8, BigInt(value as number | bigint | boolean)), size);
}

function float(size: number, value: WireValue): Buffer {
  const bytes = Buffer.alloc(size);
  if (size === 4) bytes.writeFloatLE(value as number);
  else bytes.writeDoubleLE(value as number);
  return bytes;
}

/** Types whose columns take no NULL. */
function fixed(code: number, encode: (value: WireValue) => Buffer): WireType {
  return { info: u8(code), write: (value) => [encode(value)] };
}

/** Types with a byte of length, 0 for NULL. */
function short(info: Buffer, encode: (value: WireValue) => Buffer): WireType {
  return {
    info,
    write: (value) => {
      if (value === null) return [u8(0)];
      const bytes = encode(value);
      return [u8(bytes.length), bytes];
    },
  };
}

/** Types with two bytes of length, 0xffff for NULL. */
function long(info: Buffer, encode: (value: WireValue) => Buffer): WireType {
  return {
    info,
    write: (value) => {
      if (value === null) return [u16(MAX)];
      const bytes = encode(value);
      return [u16(bytes.length), bytes];
    },
  };
}

/** Types without a limit: chunks behind the whole length, or behind the word that it is not known. */
function parts(info: Buffer, encode: (value: WireValue) => Buffer): WireType {
  return {
    info,
    *write(value) {
      if (value === null) return yield u64(0xffffffffffffffffn);
      const isPieces = typeof value === 'object' && 'pieces' in value;
      const whole = isPieces ? null : encode(value);
      const announced = isPieces ? value.bytes : (whole?.length ?? 0);
      yield u64(announced === null ? 0xfffffffffffffffen : BigInt(announced));
      const pieces = isPieces ? value.pieces : chunksOf(whole ?? Buffer.alloc(0));
      for (const piece of pieces) yield Buffer.concat([u32(piece.length), piece]);
      yield u32(0);
    },
  };
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  // An odd length, so that characters are torn apart between two chunks.
  for (let at = 0; at < bytes.length; at += CHUNK - 1) yield bytes.subarray(at, at + CHUNK - 1);
}

const text = (value: WireValue): Buffer => ucs2(value as string);
const raw = (value: WireValue): Buffer => value as Buffer;
const latin1 = (value: WireValue): Buffer => Buffer.from(value as string, 'latin1');
const info = (code: number, ...more: readonly Buffer[]): Buffer => Buffer.concat([u8(code), ...more]);

/** The sign in a byte, then the digits as one number. */
function decimalBytes(value: WireValue, size: number): Buffer {
  const digits = BigInt((value as string).replace('.', ''));
  return Buffer.concat([u8(digits < 0n ? 0 : 1), unsigned(digits < 0n ? -digits : digits, size)]);
}

function decimalSize(precision: number): number {
  return precision <= 9 ? 4 : precision <= 19 ? 8 : precision <= 28 ? 12 : 16;
}

export const WIRE = {
  fixedInt: (size: 1 | 2 | 4 | 8): WireType =>
    fixed({ 1: 0x30, 2: 0x34, 4: 0x38, 8: 0x7f }[size], (value) => number(size, value)),
  fixedBit: (): WireType => fixed(0x32, (value) => u8(value === true ? 1 : 0)),
  fixedFloat: (size: 4 | 8): WireType => fixed(size === 4 ? 0x3b : 0x3e, (value) => float(size, value)),
  int: (size: 1 | 2 | 4 | 8): WireType => short(info(0x26, u8(size)), (value) => number(size, value)),
  bit: (): WireType => short(info(0x68, u8(1)), (value) => u8(value === true ? 1 : 0)),
  float: (size: 4 | 8): WireType => short(info(0x6d, u8(size)), (value) => float(size, value)),
  decimal: (precision: number, scale: number): WireType =>
    short(info(0x6a, u8(decimalSize(precision) + 1), u8(precision), u8(scale)), (value) =>
      decimalBytes(value, decimalSize(precision)),
    ),
  /** As a number of ten-thousandths, the upper half first. */
  money: (): WireType =>
    short(info(0x6e, u8(8)), (value) => {
      const bytes = unsigned(BigInt.asUintN(64, value as bigint), 8);
      return Buffer.concat([bytes.subarray(4), bytes.subarray(0, 4)]);
    }),
  guid: (): WireType => short(info(0x24, u8(16)), raw),
  /** Days since 1900, then three-hundredths of a second. */
  datetime: (): WireType => short(info(0x6f, u8(8)), raw),
  /** Days since the year 1. */
  date: (): WireType => short(info(0x28), (value) => unsigned(BigInt(value as number), 3)),
  time: (scale: number): WireType => short(info(0x29, u8(scale)), raw),
  datetime2: (scale: number): WireType => short(info(0x2a, u8(scale)), raw),
  datetimeoffset: (scale: number): WireType => short(info(0x2b, u8(scale)), raw),
  varchar: (length: number): WireType => long(info(0xa7, u16(length), COLLATION), latin1),
  char: (length: number): WireType => long(info(0xaf, u16(length), COLLATION), latin1),
  varcharMax: (): WireType => parts(info(0xa7, u16(MAX), COLLATION), latin1),
  nvarchar: (characters: number): WireType => long(info(0xe7, u16(2 * characters), COLLATION), text),
  nchar: (characters: number): WireType => long(info(0xef, u16(2 * characters), COLLATION), text),
  nvarcharMax: (): WireType => parts(info(0xe7, u16(MAX), COLLATION), text),
  varbinary: (length: number): WireType => long(info(0xa5, u16(length)), raw),
  binary: (length: number): WireType => long(info(0xad, u16(length)), raw),
  varbinaryMax: (): WireType => parts(info(0xa5, u16(MAX)), raw),
  xml: (): WireType => parts(info(0xf1, u8(0)), text),
  udt: (name: string): WireType =>
    parts(info(0xf0, u16(MAX), bVarchar('standin'), bVarchar('sys'), bVarchar(name), usVarchar(name)), raw),
};
