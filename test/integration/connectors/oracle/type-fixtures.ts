// A value of every type as oracledb hands it out for its SELECT entry, and the canonical text it must become. The server's texts
// are those of its documentation: to_char with TM9 and with full masks, intervals without a mask.
import { createRequire } from 'node:module';
import oracledb, { type DbType } from 'oracledb';
import { DoubleLob } from '../../../fakes/oracle/lob.ts';

/** Makes what the driver hands out anew for every read: a locator is read once. */
type Handed = () => unknown;

export interface TypeFixture {
  readonly type: string;
  /** What the entry of the SELECT list is to the driver: a text, where the server was asked for one. */
  readonly sent: DbType;
  readonly values: readonly (readonly [Handed, string])[];
}

// The driver fetches it, and does not export its name.
const { DB_TYPE_UROWID: UROWID } = createRequire(import.meta.url)('oracledb/lib/types.js') as {
  DB_TYPE_UROWID: DbType;
};
const { DB_TYPE_VARCHAR: VARCHAR, DB_TYPE_CLOB: CLOB } = oracledb;
const given = (...values: readonly (readonly [unknown, string])[]): (readonly [Handed, string])[] =>
  values.map(([value, text]) => [() => value, text]);
const same = (...texts: readonly string[]): (readonly [Handed, string])[] =>
  given(...texts.map((text) => [text, text] as const));
const lobs = (...contents: readonly (readonly [string | Buffer, string])[]): (readonly [Handed, string])[] =>
  contents.map(([content, text]) => [() => new DoubleLob(content), text]);
const bytes = (...hex: readonly string[]): (readonly [Handed, string])[] =>
  hex.map((each) => [() => Buffer.from(each, 'hex'), each]);
const f32 = Math.fround;
/** Longer than a piece of a LOB, with characters of two halves. */
const LONG = '𝄞aé配'.repeat(200_000);
const NINES = '9'.repeat(38);

export const TYPE_FIXTURES: readonly TypeFixture[] = [
  {
    type: 'NUMBER',
    sent: VARCHAR,
    values: given(
      ['.5', '0.5'],
      ['-1.00000000000000000000000000000000000001', '-1.00000000000000000000000000000000000001'],
      ['1E-130', `0.${'0'.repeat(129)}1`],
      [`9.${'9'.repeat(37)}E+125`, `${NINES}${'0'.repeat(88)}`],
      ['~', 'Infinity'],
      ['-~', '-Infinity'],
    ),
  },
  { type: 'NUMBER(9)', sent: VARCHAR, values: same('-999999999', '0') },
  { type: 'NUMBER(18)', sent: VARCHAR, values: same('-999999999999999999', '9007199254740993') },
  { type: 'NUMBER(38)', sent: VARCHAR, values: same(NINES, `-${NINES}`) },
  {
    type: 'NUMBER(10,2)',
    sent: VARCHAR,
    values: given(['1.5', '1.5'], ['-.01', '-0.01'], ['99999999.99', '99999999.99']),
  },
  { type: 'NUMBER(3,-2)', sent: VARCHAR, values: same('-99900', '100') },
  { type: 'NUMBER(*,0)', sent: VARCHAR, values: same(NINES) },
  { type: 'FLOAT(126)', sent: VARCHAR, values: given(['.1', '0.1'], ['1E+100', `1${'0'.repeat(100)}`]) },
  {
    type: 'BINARY_FLOAT',
    sent: oracledb.DB_TYPE_BINARY_FLOAT,
    values: given(
      [f32(0.1), '0.1'],
      [f32(3.4028235e38), '3.4028235e+38'],
      [f32(1e-45), '1e-45'],
      [-0, '-0'],
      [NaN, 'NaN'],
      [-Infinity, '-Infinity'],
    ),
  },
  {
    type: 'BINARY_DOUBLE',
    sent: oracledb.DB_TYPE_BINARY_DOUBLE,
    values: given([1 / 3, '0.3333333333333333'], [5e-324, '5e-324'], [-0, '-0'], [NaN, 'NaN'], [Infinity, 'Infinity']),
  },
  {
    type: 'DATE',
    sent: VARCHAR,
    values: given(
      [' 2024-02-29T23:59:59', '2024-02-29T23:59:59'],
      ['-4712-01-01T00:00:00', '4712-01-01T00:00:00 BC'],
      [' 9999-12-31T00:00:00', '9999-12-31T00:00:00'],
    ),
  },
  {
    type: 'TIMESTAMP(9)',
    sent: VARCHAR,
    values: given(
      [' 0001-01-01T00:00:00.000000001', '0001-01-01T00:00:00.000000001'],
      ['-0044-03-15T12:00:00.000000000', '0044-03-15T12:00:00.000000000 BC'],
    ),
  },
  { type: 'TIMESTAMP(0)', sent: VARCHAR, values: given([' 2024-02-29T12:00:00', '2024-02-29T12:00:00']) },
  {
    type: 'TIMESTAMP(6) WITH TIME ZONE',
    sent: VARCHAR,
    values: given(
      [' 2024-02-29T12:00:00.000001+05:30', '2024-02-29T12:00:00.000001+05:30'],
      [' 2024-10-27T02:30:00.000000-12:00', '2024-10-27T02:30:00.000000-12:00'],
    ),
  },
  {
    type: 'TIMESTAMP(3) WITH LOCAL TIME ZONE',
    sent: VARCHAR,
    values: given([' 2024-02-29T07:04:56.123', '2024-02-29T07:04:56.123Z']),
  },
  {
    type: 'INTERVAL YEAR(2) TO MONTH',
    sent: VARCHAR,
    values: given(['+99-11', 'P99Y11M'], ['-00-01', 'P-1M'], ['+00-00', 'PT0S']),
  },
  {
    type: 'INTERVAL DAY(2) TO SECOND(6)',
    sent: VARCHAR,
    values: given(['-04 05:06:07.890000', 'P-4DT-5H-6M-7.89S'], ['+00 00:00:00.000000', 'PT0S']),
  },
  { type: 'CHAR(10 BYTE)', sent: oracledb.DB_TYPE_CHAR, values: same('a         ', 'é        ') },
  { type: 'VARCHAR2(40 CHAR)', sent: VARCHAR, values: same('a\'b"c', '\u0000\u0001\uffff', '🦄') },
  { type: 'NCHAR(10)', sent: oracledb.DB_TYPE_NCHAR, values: same('配         ') },
  { type: 'NVARCHAR2(40)', sent: oracledb.DB_TYPE_NVARCHAR, values: same('配送先', '🦄') },
  { type: 'CLOB', sent: CLOB, values: lobs(['', ''], ['short', 'short'], [LONG, LONG]) },
  { type: 'NCLOB', sent: oracledb.DB_TYPE_NCLOB, values: lobs(['', ''], ['配\n', '配\n']) },
  { type: 'LONG', sent: oracledb.DB_TYPE_LONG, values: same('old', 'x'.repeat(70_000)) },
  { type: 'RAW(16)', sent: oracledb.DB_TYPE_RAW, values: bytes('00ff', '0123456789abcdef0123456789abcdef') },
  {
    type: 'BLOB',
    sent: oracledb.DB_TYPE_BLOB,
    values: lobs(
      [Buffer.alloc(0), ''],
      [Buffer.from('0001ff', 'hex'), '0001ff'],
      [Buffer.alloc(600_000, 0xab), 'ab'.repeat(600_000)],
    ),
  },
  { type: 'LONG RAW', sent: oracledb.DB_TYPE_LONG_RAW, values: bytes('89504e47') },
  { type: 'ROWID', sent: oracledb.DB_TYPE_ROWID, values: same('AAAR3sAAEAAAACXAAA') },
  { type: 'UROWID(4000)', sent: UROWID, values: same('*BAMAAJMCwQL+', 'AAAR3sAAEAAAACXAAA') },
  { type: 'XMLTYPE', sent: CLOB, values: lobs(['<a b="1">ä\n</a>', '<a b="1">ä\n</a>']) },
  { type: 'JSON', sent: CLOB, values: lobs(['{"n":1.50}', '{"n":1.50}'], ['null', 'null']) },
  { type: 'BOOLEAN', sent: oracledb.DB_TYPE_BOOLEAN, values: given([true, 'true'], [false, 'false']) },
  {
    type: 'VECTOR',
    sent: oracledb.DB_TYPE_VECTOR,
    values: given(
      [new Float32Array([0.1, -2, 1e-45]), '[0.1,-2,1e-45]'],
      [new Float64Array([0.1, 1e300]), '[0.1,1e+300]'],
      [new Int8Array([-128, 127]), '[-128,127]'],
      [new Uint8Array([255, 0]), '[255,0]'],
      [
        new oracledb.SparseVector({ numDimensions: 5, indices: [1, 3], values: new Float32Array([0.5, 2]) }),
        '[5,[1,3],[0.5,2]]',
      ],
    ),
  },
];
