// The same types on a real server, where there is one (docs/connectors/sqlserver.md). Without one only the fixture is checked.
import { describe, expect, it } from 'vitest';
import { sqlserver } from '../../../../src-main/connectors/sqlserver/index.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { legalRows } from '../../../contract/connectors/legal-rows.ts';
import { newSqlserverDatabase, sqlserverAddress } from '../../../servers/sqlserver-client.ts';
import { EVERY_TYPE } from '../../../unit/connectors/sqlserver/all-types.ts';
import { signal, tableRead } from './rig.ts';

/** Native type, how a value is written in SQL, and the canonical text it must come out as. */
const VALUES: readonly (readonly [type: string, sql: string, text: string])[] = [
  ['bit', '1', 'true'],
  ['tinyint', '255', '255'],
  ['smallint', '-32768', '-32768'],
  ['int', '-2147483648', '-2147483648'],
  ['bigint', '-9223372036854775808', '-9223372036854775808'],
  ['decimal(38,10)', '-9999999999999999999999999999.9999999999', '-9999999999999999999999999999.9999999999'],
  ['numeric(5,0)', '-99999', '-99999'],
  ['money', '-922337203685477.5808', '-922337203685477.5808'],
  ['smallmoney', '-214748.3648', '-214748.3648'],
  ['real', '3.4028235e38', '3.4028235e+38'],
  ['float', '0.1e0', '0.1'],
  ['date', "'0001-01-01'", '0001-01-01'],
  ['time(7)', "'23:59:59.9999999'", '23:59:59.9999999'],
  ['smalldatetime', "'2079-06-06T23:59:00'", '2079-06-06T23:59:00'],
  ['datetime', "'1753-01-01T00:00:00.003'", '1753-01-01T00:00:00.003'],
  ['datetime2(7)', "'0001-01-01T00:00:00.0000001'", '0001-01-01T00:00:00.0000001'],
  ['datetimeoffset(7)', "'2024-02-29T12:00:00.0000000+05:30'", '2024-02-29T12:00:00.0000000+05:30'],
  ['char(10)', "'a'", 'a         '],
  ['varchar(40)', `'a''b"c'`, `a'b"c`],
  ['varchar(8000)', "replicate('x', 8000)", 'x'.repeat(8000)],
  ['varchar(max)', "replicate(convert(varchar(max), 'x'), 20000)", 'x'.repeat(20_000)],
  ['text', "'old'", 'old'],
  ['nchar(10)', "N'🦄'", '🦄        '],
  ['nvarchar(40)', "N'配送先'", '配送先'],
  ['nvarchar(max)', "replicate(convert(nvarchar(max), N'𝄞a'), 20000)", '𝄞a'.repeat(20_000)],
  ['ntext', "N'old 配'", 'old 配'],
  ['xml', 'N\'<a b="1">ä</a>\'', '<a b="1">ä</a>'],
  ['uniqueidentifier', "'33221100-5544-7766-8899-aabbccddeeff'", '33221100-5544-7766-8899-AABBCCDDEEFF'],
  ['binary(8)', '0xff000000000000ff', 'ff000000000000ff'],
  ['varbinary(40)', '0x00ff', '00ff'],
  ['varbinary(max)', '0x0001ff', '0001ff'],
  ['image', '0x89504e47', '89504e47'],
  ['hierarchyid', "hierarchyid::Parse('/1/2.1/')", '/1/2.1/'],
  ['geometry', 'geometry::Point(0, 0, 0)', '00000000010100000000000000000000000000000000000000'],
  ['geography', 'geography::Point(0, 0, 4326)', 'e6100000010100000000000000000000000000000000000000'],
  ['sql_variant', 'convert(decimal(5,2), 1.5)', 'decimal(5,2):1.50'],
];
const address = sqlserverAddress();

describe('the types of SQL Server', () => {
  it('are all in the fixture for a server but those only some servers have', () => {
    const missing = EVERY_TYPE.map(({ nativeType }) => nativeType).filter(
      (type) => !VALUES.some(([own]) => own === type),
    );
    expect(missing).toEqual(['json', 'timestamp', 'varchar(20) as dbo.phone']);
  });

  if (address === null) return;

  it('come from a server as their canonical text, and NULL as NULL', async () => {
    const { host, port, user, password, tls } = address;
    await using database = await newSqlserverDatabase(address);
    await database.owner.ask('create type dbo.phone from varchar(20)');
    const columns = [
      ...VALUES.map(([type], i) => `c${i} ${type} null`),
      'phone dbo.phone',
      'version rowversion',
      'twice as convert(bigint, c3) * 2',
    ];
    await database.owner.ask(`create table dbo.every_type (id int not null primary key, ${columns.join(', ')})`);
    const names = VALUES.map((_, i) => `c${i}`).join(', ');
    await database.owner.ask(
      `insert into dbo.every_type (id, ${names}, phone) values (1, ${VALUES.map(([, sql]) => sql).join(', ')}, '+49 0')`,
    );
    await database.owner.ask('insert into dbo.every_type (id) values (2)');
    const options = sqlserver.options.parse({ host, port, user, database: database.name, tls });
    await using session = await sqlserver.open(options, new SecretText(password), {
      ...{ signal, applicationName: 'waybill test', statementTimeoutMs: 0 },
    });
    const { namespaces } = await session.catalog({ namespace: 'dbo' }, signal);
    const found = namespaces[0]?.tables.find(({ name }) => name === 'every_type');
    const types = found?.columns.map(({ nativeType }) => nativeType).slice(1, VALUES.length + 1);
    expect(types).toEqual(VALUES.map(([type]) => type));
    const read = tableRead(
      (found?.columns ?? []).flatMap(({ name, nativeType, nullable, type }) =>
        type === null || name === 'version' ? [] : [{ name, nativeType, nullable, type }],
      ),
      {
        source: { kind: 'table', table: { namespace: 'dbo', name: 'every_type' } },
        orderBy: [{ column: 'id', descending: false }],
      },
    );
    const expected = [
      ['1', ...VALUES.map(([, , text]) => text), '+49 0', '-4294967296'],
      ['2', ...VALUES.map(() => null), null, null],
    ];
    expect(await legalRows(session.preview(read, signal))).toEqual(expected);
    await using snapshot = await session.snapshot([read], signal);
    expect(snapshot.facts.unproven).toEqual([null]);
    expect(await legalRows(snapshot.read(read, { signal, wire: false }))).toEqual(expected);
    expect(await snapshot.count(read, signal)).toBe(2);
  });
});
