// The same types on a real server, where WAYBILL_TEST_ORACLE_URL names one (docs/connectors/oracle.md). Without one only the fixture
// is checked.
import { describe, expect, it } from 'vitest';
import { oracle } from '../../../../src-main/connectors/oracle/index.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { legalRows } from '../../../contract/connectors/legal-rows.ts';
import { catalogTable, tableRead } from '../../../contract/connectors/reads.ts';
import { newOracleOwner, oracleAddress } from '../../../servers/oracle-client.ts';
import { EVERY_TYPE } from '../../../unit/connectors/oracle/all-types.ts';

/** Native type, how a value is written in SQL, and the canonical text it must come out as. */
const VALUES: readonly (readonly [type: string, sql: string, text: string])[] = [
  ['NUMBER', '1e-130', `0.${'0'.repeat(129)}1`],
  ['NUMBER(9)', '-999999999', '-999999999'],
  ['NUMBER(18)', '9007199254740993', '9007199254740993'],
  ['NUMBER(38)', '9'.repeat(38), '9'.repeat(38)],
  ['NUMBER(10,2)', '-0.01', '-0.01'],
  ['NUMBER(3,-2)', '-99900', '-99900'],
  ['NUMBER(*,0)', '-12345678901234567890', '-12345678901234567890'],
  ['FLOAT(126)', '0.1', '0.1'],
  ['BINARY_FLOAT', '0.1f', '0.1'],
  ['BINARY_DOUBLE', '-binary_double_infinity', '-Infinity'],
  ['DATE', "to_date('-4712-01-01 12:00:00', 'SYYYY-MM-DD HH24:MI:SS')", '4712-01-01T12:00:00 BC'],
  ['TIMESTAMP(9)', "timestamp '2024-02-29 23:59:59.123456789'", '2024-02-29T23:59:59.123456789'],
  ['TIMESTAMP(0)', "timestamp '2024-02-29 12:00:00'", '2024-02-29T12:00:00'],
  ['TIMESTAMP(6) WITH TIME ZONE', "timestamp '2024-02-29 12:00:00.000001 +05:30'", '2024-02-29T12:00:00.000001+05:30'],
  ['TIMESTAMP(3) WITH LOCAL TIME ZONE', "timestamp '2024-02-29 12:00:00.125 +05:30'", '2024-02-29T06:30:00.125Z'],
  ['INTERVAL YEAR(2) TO MONTH', "interval '-99-11' year to month", 'P-99Y-11M'],
  ['INTERVAL DAY(2) TO SECOND(6)', "interval '-4 05:06:07.89' day to second", 'P-4DT-5H-6M-7.89S'],
  ['CHAR(10 BYTE)', "'a'", 'a         '],
  ['VARCHAR2(40 CHAR)', `'a''b"c 🦄'`, `a'b"c 🦄`],
  ['NCHAR(10)', "n'配'", '配         '],
  ['NVARCHAR2(40)', "n'配送先'", '配送先'],
  ['CLOB', "'short 配'", 'short 配'],
  ['NCLOB', 'empty_clob()', ''],
  ['LONG', "'old'", 'old'],
  ['RAW(16)', "hextoraw('00ff')", '00ff'],
  ['BLOB', "hextoraw('0001ff')", '0001ff'],
  ['ROWID', "chartorowid('AAAR3sAAEAAAACXAAA')", 'AAAR3sAAEAAAACXAAA'],
  ['UROWID(4000)', "'AAAR3sAAEAAAACXAAA'", 'AAAR3sAAEAAAACXAAA'],
  ['XMLTYPE', `xmltype('<a b="1">ä</a>')`, '<a b="1">ä</a>'],
  // The server keeps a number, and no text of it.
  ['JSON', `json('{"n":1.5}')`, '{"n":1.5}'],
  ['BOOLEAN', 'true', 'true'],
  ['VECTOR', "to_vector('[0.5,-2]')", '[0.5,-2]'],
];
/** A table has at most one column of a LONG type. */
const ALONE = ['LONG RAW', "hextoraw('89504e47')", '89504e47'] as const;
const address = oracleAddress();

describe('the types of Oracle', () => {
  it('are all in the fixture for a server', () => {
    const own = [...VALUES, ALONE].map(([type]) => type);
    expect(own.toSorted()).toEqual(EVERY_TYPE.map(({ nativeType }) => nativeType).toSorted());
  });

  if (address === null) return;

  it('come from a server as their canonical text, and NULL as NULL', async () => {
    const { host, port, user, password, service } = address;
    const owner = await newOracleOwner(address);
    try {
      const columns = VALUES.map(([type], i) => `c${i} ${type}`).join(', ');
      await owner.sql(`create table every_type (id number(9) not null primary key, ${columns})`);
      await owner.sql(`insert into every_type values (1, ${VALUES.map(([, sql]) => sql).join(', ')})`);
      await owner.sql('insert into every_type (id) values (2)');
      await owner.sql(`create table one_type (c ${ALONE[0]})`);
      await owner.sql(`insert into one_type values (${ALONE[1]})`);
      const signal = new AbortController().signal;
      const options = oracle.options.parse({ host, port, user, service, tls: 'disable' });
      await using session = await oracle.open(options, new SecretText(password), {
        ...{ signal, applicationName: 'waybill test', statementTimeoutMs: 0 },
      });
      const place = { namespace: user.toUpperCase(), upperCases: true } as Parameters<typeof catalogTable>[1];
      const table = await catalogTable(session, place, 'every_type');
      expect(table.columns.slice(1).map(({ nativeType }) => nativeType)).toEqual(VALUES.map(([type]) => type));
      const read = tableRead(table, { orderBy: [{ column: 'ID', descending: false }] });
      const expected = [
        ['1', ...VALUES.map(([, , text]) => text)],
        ['2', ...VALUES.map(() => null)],
      ];
      expect(await legalRows(session.preview(read, signal))).toEqual(expected);
      const alone = tableRead(await catalogTable(session, place, 'one_type'));
      expect(await legalRows(session.preview(alone, signal))).toEqual([[ALONE[2]]]);
    } finally {
      await owner.stop();
    }
  });
});
