/** Output columns of a query as the protocol describes them. Protocol::ColumnType and the column flags of the server. */
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { describeStatement } from './dialect.ts';
import type { Link } from './link.ts';
import type { WireColumn } from './result-head.ts';
import { bitType } from './types.ts';

const NOT_NULL = 1;
const UNSIGNED = 32;
const ZEROFILL = 64;
const ENUM = 256;
const SET = 2048;
const BYTES_COLLATION = 63;
const BYTES_PER_CHARACTER = 4;
const UNLIMITED = 0xffffffff;

interface Meaning {
  readonly nativeType: string;
  readonly type: LogicalType;
}

const INTS: Readonly<Record<number, readonly [string, 8 | 16 | 24 | 32 | 64]>> = {
  1: ['tinyint', 8],
  2: ['smallint', 16],
  3: ['int', 32],
  8: ['bigint', 64],
  9: ['mediumint', 24],
};
const BLOBS: Readonly<Record<number, string>> = { 249: 'tiny', 250: 'medium', 251: 'long', 252: '' };
const EXTENDED: Readonly<Record<string, number>> = { uuid: 36, inet4: 15, inet6: 39 };
/** Types of which MariaDB says more than the protocol's type, with the same meaning. */
const SAME = new Set([
  'point',
  'linestring',
  'polygon',
  'multipoint',
  'multilinestring',
  'multipolygon',
  'geometrycollection',
]);

export async function describeColumns(
  link: Link,
  { sql, params }: { readonly sql: string; readonly params: TableRead['params'] },
  signal: AbortSignal,
): Promise<readonly ReadColumn[]> {
  const { columns } = await link.query(describeStatement(sql, params), signal);
  return columns.map((column) => {
    const meaning = meaningOf(column);
    if (meaning === null) {
      throw appError('SOURCE/TYPE_UNMAPPED', {
        message: `The type of the column ${column.name} is not one that can be carried exactly.`,
        remedy: 'Cast the column to another type in the query, or leave it out.',
        context: { column: column.name, type: column.type },
      });
    }
    return { name: column.name, nullable: (column.flags & NOT_NULL) === 0, ...meaning };
  });
}

/** What an output column means; null: not known how to carry it exactly. */
export function meaningOf(column: WireColumn): Meaning | null {
  if (column.extendedType !== null) {
    const length = EXTENDED[column.extendedType];
    if (length !== undefined) return { nativeType: column.extendedType, type: { kind: 'text', maxCharacters: length } };
    if (!SAME.has(column.extendedType)) return null;
  }
  const int = INTS[column.type];
  if (int !== undefined) return number(int[0], column, { kind: 'int', bits: int[1], signed: !has(column, UNSIGNED) });
  const blob = BLOBS[column.type];
  if (blob !== undefined) return blobOrText(blob, column);
  return temporal(column) ?? other(column);
}

function other(column: WireColumn): Meaning | null {
  switch (column.type) {
    case 0:
    case 246:
      return decimal(column);
    case 4:
      return number('float', column, { kind: 'float', bits: 32 });
    case 5:
      return number('double', column, { kind: 'float', bits: 64 });
    case 6:
      return { nativeType: 'null', type: { kind: 'text', maxCharacters: null } };
    case 13:
      return { nativeType: 'year', type: { kind: 'int', bits: 16, signed: false } };
    case 15:
    case 253:
      return characters('varbinary', 'varchar', column);
    case 16:
      return { nativeType: `bit(${column.length})`, type: bitType(column.length) };
    case 245:
      return { nativeType: 'json', type: { kind: 'json' } };
    case 247:
    case 248:
    case 254:
      return characters('binary', has(column, ENUM) ? 'enum' : has(column, SET) ? 'set' : 'char', column);
    case 255:
      return { nativeType: 'geometry', type: { kind: 'bytes', maxBytes: null } };
    default:
      return null;
  }
}

function temporal({ type, decimals }: WireColumn): Meaning | null {
  // Expressions whose precision is open have 31 or more decimals.
  const digits = Math.min(decimals, 6);
  const suffix = digits > 0 ? `(${digits})` : '';
  switch (type) {
    case 7:
      return { nativeType: `timestamp${suffix}`, type: { kind: 'timestamp', digits, zone: 'utc' } };
    case 12:
      return { nativeType: `datetime${suffix}`, type: { kind: 'timestamp', digits, zone: 'none' } };
    case 10:
    case 14:
      return { nativeType: 'date', type: { kind: 'date' } };
    case 11:
      return { nativeType: `time${suffix}`, type: { kind: 'time', digits, zone: 'none', duration: true } };
    default:
      return null;
  }
}

function has(column: WireColumn, flag: number): boolean {
  return (column.flags & flag) !== 0;
}

function number(name: string, column: WireColumn, type: LogicalType): Meaning {
  const words = [name, ...(has(column, UNSIGNED) ? ['unsigned'] : []), ...(has(column, ZEROFILL) ? ['zerofill'] : [])];
  return { nativeType: words.join(' '), type };
}

/** The length counts a sign, where one is possible, and the point. */
function decimal(column: WireColumn): Meaning {
  const scale = column.decimals;
  const precision = column.length - (has(column, UNSIGNED) ? 0 : 1) - (scale > 0 ? 1 : 0);
  return number(`decimal(${precision},${scale})`, column, { kind: 'decimal', precision, scale });
}

function characters(bytesName: string, textName: string, column: WireColumn): Meaning {
  if (column.collation === BYTES_COLLATION) {
    return { nativeType: `${bytesName}(${column.length})`, type: { kind: 'bytes', maxBytes: column.length } };
  }
  const length = Math.floor(column.length / BYTES_PER_CHARACTER);
  const nativeType = textName === 'enum' || textName === 'set' ? textName : `${textName}(${length})`;
  return { nativeType, type: { kind: 'text', maxCharacters: length } };
}

function blobOrText(size: string, column: WireColumn): Meaning {
  const limit = column.length >= UNLIMITED ? null : column.length;
  if (column.collation === BYTES_COLLATION)
    return { nativeType: `${size}blob`, type: { kind: 'bytes', maxBytes: limit } };
  // The length is in bytes of the connection's character set, more than the server itself takes: an upper bound.
  return { nativeType: `${size}text`, type: { kind: 'text', maxCharacters: limit } };
}
