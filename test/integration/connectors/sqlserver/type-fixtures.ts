// A value of every type as the server would send it for its SELECT entry, and the canonical text it must become.
import { WIRE, type WireType, type WireValue } from '../../../servers/tds/wire-types.ts';

export interface TypeFixture {
  readonly type: string;
  readonly wire: WireType;
  /** What is sent, and what it must become; raw bytes as hex. */
  readonly values: readonly (readonly [WireValue, string])[];
}

const same = (...texts: readonly string[]): (readonly [WireValue, string])[] => texts.map((text) => [text, text]);
const bytes = (...hex: readonly string[]): (readonly [WireValue, string])[] =>
  hex.map((each) => [Buffer.from(each, 'hex'), each]);
const f32 = Math.fround;
/** 20,000 characters, some of two halves, so that parts tear them apart. */
const LONG = '𝄞aé配'.repeat(5000);

export const TYPE_FIXTURES: readonly TypeFixture[] = [
  {
    type: 'bit',
    wire: WIRE.bit(),
    values: [
      [true, 'true'],
      [false, 'false'],
    ],
  },
  {
    type: 'tinyint',
    wire: WIRE.int(1),
    values: [
      [0, '0'],
      [255, '255'],
    ],
  },
  {
    type: 'smallint',
    wire: WIRE.int(2),
    values: [
      [-32768, '-32768'],
      [32767, '32767'],
    ],
  },
  {
    type: 'int',
    wire: WIRE.int(4),
    values: [
      [-2147483648, '-2147483648'],
      [2147483647, '2147483647'],
    ],
  },
  {
    type: 'bigint',
    wire: WIRE.int(8),
    values: [
      [-9223372036854775808n, '-9223372036854775808'],
      [9223372036854775807n, '9223372036854775807'],
    ],
  },
  {
    type: 'decimal(38,10)',
    wire: WIRE.varchar(41),
    values: same('-9999999999999999999999999999.9999999999', '0.0000000001', '0.0000000000'),
  },
  { type: 'numeric(5,0)', wire: WIRE.varchar(41), values: same('-99999', '0') },
  { type: 'money', wire: WIRE.varchar(30), values: same('-922337203685477.5808', '0.0001') },
  { type: 'smallmoney', wire: WIRE.varchar(30), values: same('-214748.3648', '214748.3647') },
  {
    type: 'real',
    wire: WIRE.float(4),
    values: [
      [f32(0.1), '0.1'],
      [f32(3.4028235e38), '3.4028235e+38'],
      [f32(1e-45), '1e-45'],
      [-0, '-0'],
      [16777216, '16777216'],
    ],
  },
  {
    type: 'float',
    wire: WIRE.float(8),
    values: [
      [0.1, '0.1'],
      [1 / 3, '0.3333333333333333'],
      [5e-324, '5e-324'],
      [-0, '-0'],
      [1e15, '1e+15'],
    ],
  },
  { type: 'date', wire: WIRE.varchar(10), values: same('0001-01-01', '9999-12-31') },
  { type: 'time(7)', wire: WIRE.varchar(16), values: same('00:00:00.0000000', '23:59:59.9999999') },
  { type: 'smalldatetime', wire: WIRE.varchar(19), values: [['2079-06-06 23:59:00', '2079-06-06T23:59:00']] },
  { type: 'datetime', wire: WIRE.varchar(23), values: [['1753-01-01 00:00:00.003', '1753-01-01T00:00:00.003']] },
  {
    type: 'datetime2(7)',
    wire: WIRE.varchar(27),
    values: [['0001-01-01 00:00:00.0000001', '0001-01-01T00:00:00.0000001']],
  },
  {
    type: 'datetimeoffset(7)',
    wire: WIRE.varchar(34),
    values: [
      ['2024-02-29 12:00:00.0000000 +05:30', '2024-02-29T12:00:00.0000000+05:30'],
      ['9999-12-31 23:59:59.9999999 -14:00', '9999-12-31T23:59:59.9999999-14:00'],
    ],
  },
  { type: 'char(10)', wire: WIRE.nvarchar(10), values: same('a         ', 'é€        ') },
  { type: 'varchar(40)', wire: WIRE.nvarchar(40), values: same('', 'a\'b"c', 'Ж') },
  { type: 'varchar(8000)', wire: WIRE.nvarcharMax(), values: same('', 'x'.repeat(8000)) },
  { type: 'varchar(max)', wire: WIRE.nvarcharMax(), values: same('', LONG) },
  { type: 'text', wire: WIRE.nvarcharMax(), values: same('old') },
  { type: 'nchar(10)', wire: WIRE.nchar(10), values: same('🦄        ') },
  { type: 'nvarchar(40)', wire: WIRE.nvarchar(40), values: same('配送先', '\u0000\u0001\uffff', '🦄') },
  { type: 'nvarchar(max)', wire: WIRE.nvarcharMax(), values: same('', LONG) },
  { type: 'ntext', wire: WIRE.nvarcharMax(), values: same('old 配') },
  { type: 'xml', wire: WIRE.nvarcharMax(), values: same('<a b="1">ä\n</a>') },
  { type: 'json', wire: WIRE.nvarcharMax(), values: same('{"n":1.50}') },
  {
    type: 'uniqueidentifier',
    wire: WIRE.guid(),
    values: [[Buffer.from('00112233445566778899aabbccddeeff', 'hex'), '33221100-5544-7766-8899-AABBCCDDEEFF']],
  },
  { type: 'binary(8)', wire: WIRE.binary(8), values: bytes('0000000000000000', 'ff000000000000ff') },
  { type: 'varbinary(40)', wire: WIRE.varbinary(40), values: bytes('', '00ff') },
  { type: 'varbinary(max)', wire: WIRE.varbinaryMax(), values: bytes('', '0001ff'.repeat(9000)) },
  { type: 'image', wire: WIRE.varbinaryMax(), values: bytes('89504e47') },
  { type: 'timestamp', wire: WIRE.binary(8), values: bytes('00000000000007d1') },
  { type: 'hierarchyid', wire: WIRE.nvarchar(4000), values: same('/', '/1/2.1/') },
  { type: 'geometry', wire: WIRE.varbinaryMax(), values: bytes('00000000010100000000000000000000000000000000000000') },
  { type: 'geography', wire: WIRE.varbinaryMax(), values: bytes('e6100000010100000000000000000000000000000000000000') },
  { type: 'sql_variant', wire: WIRE.nvarcharMax(), values: same('decimal(5,2):1.50', 'nvarchar(20):a:b?') },
  { type: 'varchar(20) as dbo.phone', wire: WIRE.nvarchar(20), values: same('+49 0') },
];
