import type { PlacedColumn } from '../kit/migrate/place-tables.ts';
import { oracleCsvProfile } from './profile.ts';
import { TEXT_BYTES, targetType, type TypeContext } from './target-type.ts';
import { parseNativeType } from './types.ts';

const NULL_TEXT = `'${oracleCsvProfile.null}'`;
const DAY = 'YYYY-MM-DD';

/** The type of the column in which SQL*Loader leaves the text of this one. */
export function stagedType(column: PlacedColumn, types: TypeContext): 'CLOB' | `VARCHAR2(${number})` {
  const type = targetType(column, types);
  const length = Number(/^(?:N?VARCHAR2|N?CHAR)\((\d+)/.exec(type)?.[1] ?? 0);
  const isLong = /^(?:N?CLOB|BLOB|XMLTYPE|JSON|VECTOR)/.test(type) || length > TEXT_BYTES;
  return isLong ? 'CLOB' : `VARCHAR2(${TEXT_BYTES})`;
}

/** The function in front of a query that makes bytes of hex digits of any number. */
export const BLOB_FUNCTION: readonly string[] = [
  'WITH FUNCTION waybill_bytes(digits CLOB) RETURN BLOB IS',
  '    made BLOB;',
  '    piece RAW(16000);',
  '  BEGIN',
  '    DBMS_LOB.CREATETEMPORARY(made, TRUE);',
  '    FOR at IN 0 .. CEIL(NVL(DBMS_LOB.GETLENGTH(digits), 0) / 32000) - 1 LOOP',
  '      piece := HEXTORAW(DBMS_LOB.SUBSTR(digits, 32000, at * 32000 + 1));',
  '      DBMS_LOB.WRITEAPPEND(made, UTL_RAW.LENGTH(piece), piece);',
  '    END LOOP;',
  '    RETURN made;',
  '  END;',
];

/** Whether making the value takes {@link BLOB_FUNCTION}. */
export const isBlob = (column: PlacedColumn, types: TypeContext): boolean => targetType(column, types) === 'BLOB';

/**
 * The value of a column, made of the text that SQL*Loader has left in `from`. What would be changed on the way is an error of
 * the server instead.
 */
export function stagedValue(column: PlacedColumn, from: string, types: TypeContext): string {
  const type = targetType(column, types);
  const { kind } = column.type;
  const isLong = stagedType(column, types) === 'CLOB';
  // Of a long text, an empty one may have come as NULL.
  const isNull = isLong ? `DBMS_LOB.SUBSTR(${from}, 7, 1) = ${NULL_TEXT}` : `${from} = ${NULL_TEXT}`;
  const otherwise = (value: string): string => `CASE WHEN ${isNull} THEN NULL ELSE ${value} END`;
  if (type === 'BLOB') return otherwise(`waybill_bytes(${from})`);
  const name = parseNativeType(type)?.name ?? '';
  if (name === 'XMLTYPE' || name === 'JSON') return otherwise(`${name}(${from})`);
  if (name === 'VECTOR') return otherwise(`TO_VECTOR(${from})`);
  if (isLong)
    return otherwise(name === 'NCLOB' ? `TO_NCLOB(NVL(${from}, EMPTY_CLOB()))` : `NVL(${from}, EMPTY_CLOB())`);
  if (kind === 'bytes') return otherwise(`HEXTORAW(${from})`);
  if (name.startsWith('INTERVAL')) return otherwise(intervalOf(from, name));
  if (name === 'BINARY_FLOAT' || name === 'BINARY_DOUBLE') return otherwise(floatOf(from, name));
  if (/^(?:NUMBER|FLOAT)$/.test(name)) return otherwise(numberOf(column, from));
  if (name === 'DATE' && kind === 'date') return otherwise(momentOf(from, 'TO_DATE', [DAY, `${DAY} BC`]));
  if (kind === 'timestamp') return otherwise(timestampOf(column, from));
  if (name === 'BOOLEAN') return otherwise(`TO_BOOLEAN(${from})`);
  return otherwise(from);
}

/** The masks are for a value without and with an era. */
function momentOf(from: string, convert: string, [plain, era]: readonly [string, string]): string {
  return `CASE WHEN ${from} LIKE '% BC' THEN ${convert}(${from}, '${era}') ELSE ${convert}(${from}, '${plain}') END`;
}

function timestampOf({ type }: PlacedColumn, from: string): string {
  const isZoned = type.kind === 'timestamp' && type.zone !== 'none';
  const [convert, zone] = isZoned ? ['TO_TIMESTAMP_TZ', 'TZH:TZM'] : ['TO_TIMESTAMP', ''];
  const seconds = `${DAY} HH24:MI:SS`;
  const masks = (fraction: string): readonly [string, string] => [
    `${seconds}${fraction}${zone}`,
    `${seconds}${fraction}${zone} BC`,
  ];
  const [whole, split] = [momentOf(from, convert, masks('')), momentOf(from, convert, masks('.FF'))];
  return `CASE WHEN INSTR(${from}, '.') > 0 THEN ${split} ELSE ${whole} END`;
}

/** More digits than it keeps would be rounded without a word, and what is too near to 0 would be 0. */
function numberOf({ type }: PlacedColumn, from: string): string {
  const number = `TO_NUMBER(${from})`;
  if (type.kind !== 'decimal' || type.precision !== null) return number;
  const digits = `LENGTH(TRIM('0' FROM TRANSLATE(${from}, '0123456789-.', '0123456789')))`;
  const isWrong = `${digits} > 38 OR (${number} = 0 AND ${digits} > 0)`;
  return `CASE WHEN ${isWrong} THEN TO_NUMBER('does not fit: ' || ${from}) ELSE ${number} END`;
}

function floatOf(from: string, name: string): string {
  const value = `TO_${name}(${from})`;
  const mantissa = `REGEXP_SUBSTR(${from}, '^[^e]*')`;
  return [
    `CASE ${from} WHEN 'NaN' THEN ${name}_NAN WHEN 'Infinity' THEN ${name}_INFINITY WHEN '-Infinity' THEN -${name}_INFINITY`,
    `ELSE CASE WHEN ${value} = 0 AND REGEXP_LIKE(${mantissa}, '[1-9]') THEN TO_${name}('too small: ' || ${from}) ELSE ${value} END END`,
  ].join(' ');
}

/** Here the sign of an interval stands before all of it. */
function intervalOf(from: string, name: string): string {
  const signed = `CASE WHEN INSTR(${from}, '-') > 0 THEN '-' || REPLACE(${from}, '-') ELSE ${from} END`;
  return `${name.includes('YEAR') ? 'TO_YMINTERVAL' : 'TO_DSINTERVAL'}(${signed})`;
}
