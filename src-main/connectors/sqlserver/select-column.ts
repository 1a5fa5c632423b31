/**
 * What stands in the SELECT list for a column, so that what the server sends is exact. The driver would make a Number of a
 * decimal and drop the offset of a datetimeoffset; so these are asked for as text, in a style that depends on no setting.
 * https://learn.microsoft.com/sql/t-sql/functions/cast-and-convert-transact-sql
 */
import { parseNativeType, type NativeType } from './types.ts';

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
      return variant(quoted);
    default:
      return quoted;
  }
}

function convert(type: string, value: string, style: number | null): string {
  return `convert(${type}, ${value}${style === null ? '' : `, ${style}`})`;
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

/** What an sql_variant gives for a base type that is not known here; no base type begins like it. */
export const UNKNOWN_VARIANT = '?';

/** The base type with its parentheses, a colon, the exact text: `decimal(5,2):1.50`. NULL stays NULL. */
function variant(quoted: string): string {
  const property = (name: string): string => `sql_variant_property(${quoted}, '${name}')`;
  const base = convert('varchar(30)', property('BaseType'), null);
  const number = (name: string): string => convert('varchar(10)', property(name), null);
  const half = convert('varchar(10)', `${convert('int', property('MaxLength'), null)} / 2`, null);
  const as = (type: string, target: string, style: number | null): string =>
    convert(target, convert(type, quoted, null), style);
  const cases: readonly [types: string, text: string][] = [
    ["'bigint', 'int', 'smallint', 'tinyint', 'bit', 'uniqueidentifier'", convert('varchar(40)', quoted, null)],
    [
      "'decimal', 'numeric'",
      `'(' + ${number('Precision')} + ',' + ${number('Scale')} + '):' + ${convert('varchar(41)', quoted, null)}`,
    ],
    ["'money', 'smallmoney'", as('money', 'varchar(30)', 2)],
    ["'float'", as('float', 'varchar(40)', 3)],
    ["'real'", as('real', 'varchar(40)', 3)],
    ["'date'", as('date', 'varchar(10)', 23)],
    ["'smalldatetime'", as('smalldatetime', 'varchar(19)', 120)],
    ["'datetime'", as('datetime', 'varchar(23)', 121)],
    ["'datetime2'", `'(' + ${number('Scale')} + '):' + ${as('datetime2(7)', 'varchar(27)', 121)}`],
    ["'datetimeoffset'", `'(' + ${number('Scale')} + '):' + ${as('datetimeoffset(7)', 'varchar(34)', 121)}`],
    ["'time'", `'(' + ${number('Scale')} + '):' + ${as('time(7)', 'varchar(16)', 121)}`],
    ["'char', 'varchar'", `'(' + ${number('MaxLength')} + '):' + ${convert('nvarchar(max)', quoted, null)}`],
    ["'nchar', 'nvarchar'", `'(' + ${half} + '):' + ${convert('nvarchar(max)', quoted, null)}`],
    ["'binary', 'varbinary'", `'(' + ${number('MaxLength')} + '):' + ${as('varbinary(8000)', 'varchar(max)', 1)}`],
  ];
  const whens = cases.map(([types, text]) => {
    const colon = text.startsWith("'('") ? '' : "':' + ";
    return `when ${base} in (${types}) then ${base} + ${colon}${text}`;
  });
  return convert('nvarchar(max)', `case ${whens.join(' ')} else '${UNKNOWN_VARIANT}' + ${base} end`, null);
}
