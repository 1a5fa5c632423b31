/**
 * Declared types as logical types. SQLite keeps the declaration and checks nothing (https://sqlite.org/datatype3.html), so
 * a declaration says what a column is meant to hold; a value of another storage class is an error, never a conversion.
 */
import type { CellForm, LogicalType } from '../../../src-shared/model/logical-type.ts';

const TEXT: LogicalType = { kind: 'text', maxCharacters: null };

const INTEGERS = new Set([
  ...['INT', 'INTEGER', 'TINYINT', 'SMALLINT', 'MEDIUMINT', 'BIGINT', 'BIG INT', 'INT2', 'INT4', 'INT8', 'SERIAL'],
  ...['UNSIGNED BIG INT', 'UNSIGNED INT', 'UNSIGNED INTEGER', 'UNSIGNED BIGINT', 'BIGINT UNSIGNED', 'INT UNSIGNED'],
  ...['INTEGER UNSIGNED', 'SMALLINT UNSIGNED', 'TINYINT UNSIGNED', 'BIGSERIAL'],
]);
const FLOATS = new Set(['REAL', 'DOUBLE', 'DOUBLE PRECISION', 'FLOAT', 'FLOAT4', 'FLOAT8']);
const DECIMALS = new Set(['DECIMAL', 'NUMERIC', 'DEC', 'NUMBER', 'MONEY']);
const CHARACTERS = new Set([
  ...['CHAR', 'CHARACTER', 'VARCHAR', 'VARCHAR2', 'CHARACTER VARYING', 'VARYING CHARACTER', 'NCHAR', 'NVARCHAR'],
  ...['NATIVE CHARACTER', 'TEXT'],
]);
const BYTES = new Set(['BLOB', 'BYTEA', 'BINARY', 'VARBINARY', 'LONGBLOB', 'MEDIUMBLOB', 'TINYBLOB']);
/** Names whose column has no or NUMERIC affinity and which say what the value is. */
const BY_NAME: Readonly<Record<string, LogicalType>> = {
  BOOLEAN: { kind: 'boolean' },
  BOOL: { kind: 'boolean' },
  JSON: { kind: 'json' },
};

const DECLARATION = /^(.*?)\s*(?:\(\s*(\d+)\s*(?:,\s*-?\d+\s*)?\))?\s*$/s;

/**
 * What a column with this declaration means; the empty one (expressions, untyped columns) is text. Dates and times are
 * text too: SQLite has no such storage class, and their spelling is the application's. Whatever is not known by name is
 * text, which carries every value but a BLOB.
 */
export function logicalType(declared: string): LogicalType {
  const [, base = '', length] = DECLARATION.exec(declared) ?? [];
  const name = base.toUpperCase().replaceAll(/\s+/g, ' ').trim();
  if (INTEGERS.has(name)) return { kind: 'int', bits: 64, signed: true };
  if (FLOATS.has(name)) return { kind: 'float', bits: 64 };
  // Precision and scale are not enforced: naming them would promise what values may break.
  if (DECIMALS.has(name)) return { kind: 'decimal', precision: null, scale: null };
  if (BYTES.has(name)) return { kind: 'bytes', maxBytes: null };
  if (CHARACTERS.has(name) && length !== undefined) return { kind: 'text', maxCharacters: Number(length) };
  return Object.hasOwn(BY_NAME, name) ? (BY_NAME[name] ?? TEXT) : TEXT;
}

export function formOf(type: LogicalType): CellForm {
  if (type.kind === 'bytes') return 'raw';
  return type.kind === 'text' || type.kind === 'json' ? 'utf8' : 'ascii';
}
