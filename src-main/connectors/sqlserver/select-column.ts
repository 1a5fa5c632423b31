/**
 * What stands in the SELECT list for a column, so that what the server sends is exact. The driver would make a Number of a
 * decimal and drop the offset of a datetimeoffset; so these are asked for as text, in a style that depends on no setting.
 * https://learn.microsoft.com/sql/t-sql/functions/cast-and-convert-transact-sql
 */
import { convert } from './convert.ts';
import { parseNativeType, type NativeType } from './types.ts';
import { variantText } from './variant-text.ts';

/** Longest text that fits nvarchar(n). */
const SHORT_CHARACTERS = 4000;

const AS_TEXT: Readonly<Record<string, readonly [type: string, style: number | null]>> = {
  decimal: ['varchar(41)', null],
  numeric: ['varchar(41)', null],
  // Four digits after the point; the default shows two.
  money: ['varchar(30)', 2],
  smallmoney: ['varchar(30)', 2],
  date: ['varchar(10)', 23],
  smalldatetime: ['varchar(19)', 120],
  datetime: ['varchar(23)', 121],
  datetime2: ['varchar(27)', 121],
  datetimeoffset: ['varchar(34)', 121],
  time: ['varchar(16)', 121],
  text: ['nvarchar(max)', null],
  ntext: ['nvarchar(max)', null],
  xml: ['nvarchar(max)', null],
  json: ['nvarchar(max)', null],
  image: ['varbinary(max)', null],
};

/**
 * The entry for a quoted column. No alias: ORDER BY must find the column. What needs no conversion stands as it is, for the
 * wire carries it bit by bit: integers, floats, GUIDs, UTF-16 text, bytes.
 */
export function selectColumn(quoted: string, nativeType: string): string {
  const type = parseNativeType(nativeType);
  const name = type?.name ?? '';
  const [target, style] = AS_TEXT[name] ?? [];
  if (target !== undefined) return convert(target, quoted, style ?? null);
  switch (name) {
    case 'char':
    case 'varchar':
      // Out of the column's own code page, by the server. A character never needs more UTF-16 units than bytes there.
      return convert(`nvarchar(${lengthOf(type)})`, quoted, null);
    case 'hierarchyid':
      return `${quoted}.ToString()`;
    case 'geometry':
    case 'geography':
      return spatial(quoted);
    case 'sql_variant':
      return variantText(quoted);
    default:
      return quoted;
  }
}

function lengthOf(type: NativeType | null): string {
  const size = type?.size ?? 1;
  return size === 'max' || size > SHORT_CHARACTERS ? 'max' : String(size);
}

/** The SRID in four bytes, least significant first, then WKB with Z and M. */
function spatial(quoted: string): string {
  const srid = convert('binary(4)', `${quoted}.STSrid`, null);
  const bytes = [4, 3, 2, 1].map((place) => `substring(${srid}, ${place}, 1)`);
  return `${bytes.join(' + ')} + ${quoted}.AsBinaryZM()`;
}
