/** Columns that go from one product to the other, and how a value is told on either side (docs/migrate.md has the rules). */
export interface AcrossColumn {
  readonly type: string;
  readonly values: readonly string[];
  /** Text of a value in the source; `%` is the column. */
  readonly there: string;
  /** Text of it where it went. */
  readonly here: string;
  /** The texts are compared as numbers. */
  readonly numbers?: boolean;
}

const pgBytes = "encode(convert_to(%::text, 'utf8'), 'hex')";
const myBytes = 'lower(hex(convert(% using utf8mb4)))';
const TEXTS = ["''", "'plain'", `'it''s "q", x'`, "' blanks '", "'NULL'", "'🦄 naïve 配送先'", "'=1+1'"];
const MICROS = "to_char(%, 'YYYY-MM-DD HH24:MI:SS.US')";

export const FROM_POSTGRES: readonly AcrossColumn[] = [
  { type: 'boolean', values: ['true', 'false'], there: '%::int', here: '%' },
  { type: 'smallint', values: ['-32768', '32767'], there: '%', here: '%' },
  { type: 'bigint', values: ['-9223372036854775808', '9223372036854775807'], there: '%', here: '%' },
  { type: 'numeric(40,10)', values: ['12345678901234567890.1234567891', '-0.5'], there: '%', here: '%' },
  { type: 'numeric(5,-2)', values: ['12300', '-99900'], there: '%', here: '%' },
  { type: 'numeric(80,40)', values: ['1.5', `'${'9'.repeat(40)}.${'1'.repeat(40)}'`], there: '%', here: '%' },
  { type: 'numeric', values: ['1.50', `'${'9'.repeat(35)}.${'1'.repeat(30)}'`], there: '%::numeric(65,30)', here: '%' },
  {
    type: 'real',
    values: ['0.1', '3.4028235e38', '-1e-45', '16777216'],
    there: '%::float8',
    here: '% * 1e0',
    numbers: true,
  },
  {
    type: 'double precision',
    values: ['0.1', '5e-324', '1.7976931348623157e308'],
    there: '%',
    here: '%',
    numbers: true,
  },
  { type: 'text', values: [...TEXTS, `E'two\\nlines\\r\\\\'`, `E'\\\\N'`], there: pgBytes, here: myBytes },
  { type: 'varchar(30)', values: TEXTS, there: pgBytes, here: myBytes },
  {
    type: 'char(5)',
    values: ["'ab'", "'abcde'"],
    there: "encode(convert_to(rpad(%, 5), 'utf8'), 'hex')",
    here: myBytes,
  },
  { type: 'bytea', values: ["''", "'\\x00ff5c0a'"], there: "encode(%, 'hex')", here: 'lower(hex(%))' },
  { type: 'date', values: ["'2024-02-29'", "'9999-12-31'"], there: '%', here: '%' },
  {
    type: 'time',
    values: ["'24:00:00'", "'12:34:56.789'"],
    there: "replace(to_char(%, 'HH24:MI:SS.US'), '00:00:00.000000', '24:00:00.000000')",
    here: '%',
  },
  { type: 'timestamp', values: ["'2024-02-29 23:59:59.000001'", "'1000-01-01'"], there: MICROS, here: '%' },
  { type: 'timestamptz', values: ["'2024-02-29 23:59:59.5+05:30'"], there: MICROS, here: '%' },
  { type: 'timetz', values: ["'12:00:00.5+05:30'"], there: '%', here: '%' },
  { type: 'interval', values: ["'1 year -3 days 04:05:06.789'"], there: '%', here: '%' },
  { type: 'uuid', values: ["'123e4567-e89b-12d3-a456-426655440000'"], there: '%', here: '%' },
  { type: 'json', values: [`'{"b": 1.50,  "a": 1, "a": 12345678901234567890123}'`], there: pgBytes, here: myBytes },
  { type: 'jsonb', values: [`'{"b": 1.50, "a": 1e300}'`], there: pgBytes, here: myBytes },
  { type: 'inet', values: ["'192.168.0.1/24'"], there: '%', here: '%' },
  { type: 'int[]', values: ["'{1,NULL}'", "'{}'"], there: '%', here: '%' },
  { type: 'int4range', values: ["'[1,5)'"], there: '%', here: '%' },
  { type: 'bit varying', values: ["B'101'", "B''"], there: '%', here: '%' },
  { type: 'xml', values: ["'<a>&amp;</a>'"], there: '%', here: '%' },
];

export const FROM_MARIADB: readonly AcrossColumn[] = [
  { type: 'tinyint unsigned', values: ['255'], there: '%', here: '%' },
  { type: 'mediumint', values: ['-8388608'], there: '%', here: '%' },
  { type: 'int unsigned zerofill', values: ['4294967295', '7'], there: '% + 0', here: '%' },
  { type: 'bigint unsigned', values: ['18446744073709551615'], there: '%', here: '%' },
  {
    type: 'decimal(65,30)',
    values: ['-12345678901234567890123456789012345.123456789012345678901234567890'],
    there: '%',
    here: '%',
  },
  {
    type: 'float',
    values: ['0.1', '3.4028234663852886e38', '1 / 3'],
    there: '% * 1e0',
    here: '%::float8',
    numbers: true,
  },
  { type: 'double', values: ['0.1', '5e-324', '1.7976931348623157e308'], there: '%', here: '%', numbers: true },
  { type: 'bit(9)', values: ["b'101010101'", '0'], there: '% + 0', here: '%' },
  { type: 'bit(64)', values: ['~0'], there: '% + 0', here: '%' },
  { type: 'year', values: ['2155', '0'], there: '% + 0', here: '%' },
  { type: 'date', values: ["'2024-02-29'", "'9999-12-31'"], there: '%', here: '%' },
  {
    type: 'time(6)',
    values: ["'-838:59:59.000001'", "'25:00:00'", "'-00:00:00.5'"],
    there: 'time_to_sec(%)',
    here: 'extract(epoch from %)',
    numbers: true,
  },
  { type: 'datetime(6)', values: ["'2024-02-29 23:59:59.000001'", "'1000-01-01'"], there: '%', here: MICROS },
  { type: 'timestamp(6) null', values: ["'2038-01-19 03:14:07.999999'"], there: '%', here: MICROS },
  { type: 'char(5)', values: ["'ab'", "' b'"], there: myBytes, here: pgBytes },
  { type: 'varchar(30)', values: [...TEXTS, "'ends '"], there: myBytes, here: pgBytes },
  { type: 'varchar(20) character set latin1', values: ["'Straße €'"], there: myBytes, here: pgBytes },
  { type: 'longtext', values: [...TEXTS, "'two\\nlines\\r\\\\ \\\\N'"], there: myBytes, here: pgBytes },
  { type: 'binary(4)', values: ["x'00ff'"], there: 'lower(hex(%))', here: "encode(%, 'hex')" },
  { type: 'longblob', values: ["''", "x'00ff5c0a'"], there: 'lower(hex(%))', here: "encode(%, 'hex')" },
  { type: "enum('', 'a,b')", values: ["''", "'a,b'"], there: myBytes, here: pgBytes },
  { type: "set('x', 'y')", values: ["'x,y'", "''"], there: myBytes, here: pgBytes },
  { type: 'json', values: [`'{"a": 1.50,  "b": [null]}'`], there: myBytes, here: pgBytes },
  { type: 'uuid', values: ["'123e4567-e89b-12d3-a456-426655440000'"], there: '%', here: '%' },
  { type: 'inet6', values: ["'::ffff:192.0.2.1'"], there: '%', here: '%' },
  { type: 'point', values: ['point(0.1, -2)'], there: 'lower(hex(%))', here: "encode(%, 'hex')" },
];
