import type { PlacedColumn } from '../kit/migrate/place-tables.ts';
import { FREE_SCALE, targetType, type TypeContext } from './target-type.ts';

/** What the file says for NULL; no text is written so. */
const NULL_TEXT = "N'\\N'";

/**
 * The value of a column, made of the text that bcp has left in `from`. What would be changed on the way is an error of the
 * server instead: each guard gives it a text that it cannot convert.
 */
export function stagedValue(column: PlacedColumn, from: string, types: TypeContext): string {
  const type = targetType(column, types);
  const { kind } = column.type;
  const given = `NULLIF(${from}, ${NULL_TEXT})`;
  if (type === 'geometry' || type === 'geography') return shapeOf(given, type);
  if (kind === 'bytes') return `CONVERT(varbinary(max), ${given}, 1)`;
  if (type === 'xml') return `CONVERT(xml, ${textOf(from)}, 1)`;
  if (type === 'hierarchyid' || type === 'json') return `CONVERT(${type}, ${textOf(from)})`;
  if (type === 'uniqueidentifier') return guarded(given, `LEN(${from}) <> 36`, type);
  if (kind === 'text' || kind === 'json' || kind === 'array') return textOf(from);
  if (type.startsWith('nvarchar')) return given;
  if (kind === 'float') return floatOf(given, from, type);
  if (kind === 'decimal' && column.type.precision === null) {
    const behind = `CHARINDEX(N'.', ${from}) > 0 AND LEN(${from}) - CHARINDEX(N'.', ${from}) > ${FREE_SCALE}`;
    return guarded(given, behind, type);
  }
  return `CONVERT(${type}, ${given})`;
}

/**
 * Tabs, line breaks and backslashes as they were. A pair of backslashes becomes another escape first: the server replaces from
 * the left, where each run of them begins, and from then on every backslash begins an escape.
 */
function textOf(from: string): string {
  const steps = [
    ["N'\\\\'", "N'\\0'"],
    ["N'\\t'", 'NCHAR(9)'],
    ["N'\\r'", 'NCHAR(13)'],
    ["N'\\n'", 'NCHAR(10)'],
    ["N'\\0'", "N'\\'"],
  ] as const;
  // The loader takes an empty field for NULL, which is an empty text here.
  const decoded = steps.reduce(
    (text, [escape, meant]) => `REPLACE(${text}, ${escape}, ${meant})`,
    `ISNULL(${from}, N'')`,
  );
  return `CASE WHEN ${from} = ${NULL_TEXT} THEN NULL ELSE ${decoded} END`;
}

/** Numbers too near to 0 would be 0 without a word. */
function floatOf(given: string, from: string, type: string): string {
  const value = `CONVERT(${type}, CONVERT(float, ${given}))`;
  const mantissa = `LEFT(${from}, CHARINDEX(N'e', ${from} + N'e') - 1)`;
  return `CASE WHEN ${value} = 0 AND ${mantissa} LIKE N'%[1-9]%' THEN CONVERT(${type}, N'too small: ' + ${from}) ELSE ${value} END`;
}

const guarded = (given: string, isWrong: string, type: string): string =>
  `CASE WHEN ${isWrong} THEN CONVERT(${type}, N'does not fit: ' + ${given}) ELSE CONVERT(${type}, ${given}) END`;

/** SRID in four bytes, the least significant first, then WKB. */
function shapeOf(given: string, type: string): string {
  const bytes = `CONVERT(varbinary(max), ${given}, 1)`;
  const srid = [1, 2, 3].map((at) => `CONVERT(int, SUBSTRING(${bytes}, ${at}, 1)) * ${256 ** (at - 1)}`).join(' + ');
  return `${type}::STGeomFromWKB(SUBSTRING(${bytes}, 5, 2147483647), ${srid})`;
}
