// Every type, from what oracledb hands out for it to its canonical text. Run on the double of its connection, whose columns the
// driver's own code judges; with WAYBILL_TEST_ORACLE_URL also on a server (on-a-server.test.ts).
import { readFileSync } from 'node:fs';
import oracledb, { type DbType, type Metadata } from 'oracledb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oracle } from '../../../../src-main/connectors/oracle/index.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import type { ReadColumn, TableRead } from '../../../../src-shared/model/table-read.ts';
import { legalRows } from '../../../contract/connectors/legal-rows.ts';
import { fetchedAs } from '../../../fakes/oracle/fetched-as.ts';
import { DoubleLob } from '../../../fakes/oracle/lob.ts';
import type { DoubleSession } from '../../../fakes/oracle/session.ts';
import { startOracleStandIn, type OracleStandIn } from '../../../fakes/oracle/stand-in.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { makeCertificates } from '../../../servers/certificates.ts';
import { column, EVERY_TYPE } from '../../../unit/connectors/oracle/all-types.ts';
import { TYPE_FIXTURES } from './type-fixtures.ts';

const GOLDEN = readFileSync(new URL('../../../golden/oracle/types.sql', import.meta.url), 'utf8').trimEnd();
const signal = new AbortController().signal;
const folder = new TempFolder();

/** What the statements of a test give. */
let answers: Pick<DoubleSession, 'run' | 'describe'>;
let standIn: OracleStandIn;
let session: Session;
const { fetchAsString, fetchAsBuffer } = oracledb;

beforeAll(async () => {
  // What a process-wide setting says must not change what is read.
  oracledb.fetchAsString = [oracledb.CLOB, oracledb.NUMBER, oracledb.DATE, oracledb.BUFFER];
  oracledb.fetchAsBuffer = [oracledb.BLOB];
  const { certFile, keyFile } = await makeCertificates(folder.path, 'loopback', null);
  standIn = await startOracleStandIn({
    ...{ user: 'waybill', password: 'x', service: 'shop' },
    certificate: { cert: readFileSync(certFile), key: readFileSync(keyFile) },
    open: () => ({
      run: (text, values, fetchAs) => answers.run(text, values, fetchAs),
      describe: (text) => answers.describe(text),
      close: () => undefined,
    }),
  });
  answers = { run: () => [], describe: () => [] };
  const options = { host: '127.0.0.1', port: standIn.port, user: 'waybill', service: 'shop', tls: 'disable' };
  session = await oracle.open(oracle.options.parse(options), new SecretText('x'), {
    ...{ signal, applicationName: 'waybill test', statementTimeoutMs: 0 },
  });
});
afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await standIn[Symbol.asyncDispose]();
  Object.assign(oracledb, { fetchAsString, fetchAsBuffer });
  folder[Symbol.dispose]();
});

const tableRead = (columns: readonly ReadColumn[]): TableRead => ({
  ...{ source: { kind: 'table', table: { namespace: 'SHOP', name: "Or'ders" } }, columns, where: null },
  ...{ orderBy: [], limit: null, params: {} },
});

const described = (name: string, dbType: DbType): Metadata<object> => ({
  ...{ name, dbType, dbTypeName: dbType.columnTypeName, nullable: true },
});

describe('the types of Oracle on the double', () => {
  it('each have a fixture, in the order of the golden file', () => {
    expect(TYPE_FIXTURES.map(({ type }) => type)).toEqual(EVERY_TYPE.map(({ nativeType }) => nativeType));
  });

  it('come as their canonical text, NULL and all, out of what the driver fetches them as', async () => {
    const most = Math.max(...TYPE_FIXTURES.map(({ values }) => values.length));
    const all = Array.from({ length: most + 1 }, (_, row) =>
      TYPE_FIXTURES.map(({ values }) => values[row] ?? ([() => null, null] as const)),
    );
    const judged: unknown[] = [];
    answers = {
      run: (text, _values, fetchAs) => {
        if (text !== GOLDEN) return [];
        for (const { type, sent } of TYPE_FIXTURES) judged.push([type, fetchedAs(described(type, sent), fetchAs)]);
        return all.map((row) => row.map(([handed]) => handed()));
      },
      describe: () => [],
    };
    const found = await legalRows(session.preview(tableRead(EVERY_TYPE), signal));
    expect(found).toEqual(all.map((row) => row.map(([, text]) => text)));
    // Nothing was made of any of them on the way: no Number of digits, no text of a LOB.
    expect(judged).toEqual(TYPE_FIXTURES.map(({ type, sent }) => [type, { type: sent, isConverted: false }]));
  });

  it('would come otherwise, were the driver left to itself', () => {
    expect(fetchedAs(described('A', oracledb.DB_TYPE_CLOB), undefined).type).not.toBe(oracledb.DB_TYPE_CLOB);
  });

  it.each<[what: string, nativeType: string, good: unknown, bad: () => unknown, found: string]>([
    ['half a surrogate pair', 'VARCHAR2(40 CHAR)', 'ok', () => 'a\ud800', 'half a surrogate pair'],
    ['half a surrogate pair in a LOB', 'CLOB', 'ok', () => new DoubleLob('x\udc00'), 'half a surrogate pair'],
    ['a Number where digits were asked for', 'NUMBER(10,2)', '1.5', () => 1.5, 'a value in a form that is not known'],
    ['a Date', 'DATE', ' 2024-02-29T00:00:00', () => new Date(0), 'a value in a form that is not known'],
    [
      'an interval of another form',
      'INTERVAL DAY(2) TO SECOND(6)',
      '+00 00:00:01.0',
      () => '1 day',
      'a value in a form that is not known',
    ],
    ['an object', 'RAW(16)', Buffer.of(1), () => ({ a: 1 }), 'a value in a form that is not known'],
  ])('end the read with table, column and row at %s', async (_what, nativeType, good, bad, found) => {
    answers = {
      run: (text) =>
        text.includes('"Or\'ders"')
          ? [
              ['1', good],
              ['2', bad()],
            ]
          : [],
      describe: () => [],
    };
    const read = tableRead([column('ID', 'NUMBER(9)'), column('A', nativeType)]);
    await expect(legalRows(session.preview(read, signal))).rejects.toMatchObject({
      code: 'SOURCE/VALUE_UNREPRESENTABLE',
      message: `The column A of SHOP.Or'ders holds ${found} in row 2.`,
      context: { table: "SHOP.Or'ders", column: 'A', row: 2 },
    });
  });

  it('are told of the columns of a query, as the driver names them', async () => {
    const sent: readonly (readonly [DbType, Partial<Metadata<object>>, string])[] = [
      [oracledb.DB_TYPE_NUMBER, { precision: 10, scale: 2 }, 'NUMBER(10,2)'],
      [oracledb.DB_TYPE_NUMBER, { precision: 0, scale: -127 }, 'NUMBER'],
      [oracledb.DB_TYPE_BINARY_DOUBLE, {}, 'BINARY_DOUBLE'],
      [oracledb.DB_TYPE_DATE, {}, 'DATE'],
      [oracledb.DB_TYPE_TIMESTAMP_TZ, { precision: 9 }, 'TIMESTAMP(9) WITH TIME ZONE'],
      [oracledb.DB_TYPE_TIMESTAMP_LTZ, { precision: 3 }, 'TIMESTAMP(3) WITH LOCAL TIME ZONE'],
      [oracledb.DB_TYPE_INTERVAL_YM, {}, 'INTERVAL YEAR TO MONTH'],
      [oracledb.DB_TYPE_INTERVAL_DS, {}, 'INTERVAL DAY TO SECOND'],
      [oracledb.DB_TYPE_VARCHAR, { byteSize: 40 }, 'VARCHAR2(40 BYTE)'],
      [oracledb.DB_TYPE_RAW, { byteSize: 16 }, 'RAW(16)'],
      [oracledb.DB_TYPE_LONG, {}, 'LONG'],
      [oracledb.DB_TYPE_NCLOB, {}, 'NCLOB'],
      [oracledb.DB_TYPE_ROWID, {}, 'ROWID'],
      [oracledb.DB_TYPE_BOOLEAN, {}, 'BOOLEAN'],
      [oracledb.DB_TYPE_JSON, {}, 'JSON'],
      [oracledb.DB_TYPE_VECTOR, {}, 'VECTOR'],
    ];
    answers = {
      run: () => [],
      describe: () => sent.map(([dbType, more], i) => ({ ...described(`C${i}`, dbType), ...more })),
    };
    const found = await session.describe('select * from t', {}, signal);
    expect(found.map(({ nativeType }) => nativeType)).toEqual(sent.map(([, , native]) => native));
  });

  /** The driver makes a class of each object type. */
  const dbTypeClass = Map as unknown as NonNullable<Metadata<object>['dbTypeClass']>;

  it.each<[string, Omit<Metadata<object>, 'name'>]>([
    ['object SHOP.ADDRESS', { dbType: oracledb.DB_TYPE_OBJECT, dbTypeName: 'SHOP.ADDRESS', dbTypeClass }],
    ['object MDSYS.SDO_GEOMETRY', { dbType: oracledb.DB_TYPE_OBJECT, dbTypeName: 'MDSYS.SDO_GEOMETRY', dbTypeClass }],
    ['BFILE', { dbType: oracledb.DB_TYPE_BFILE, dbTypeName: 'BFILE' }],
  ])('that cannot be carried are refused by their name: %s', async (name, more) => {
    answers = { run: () => [], describe: () => [{ name: 'HOME', ...more }] };
    await expect(session.describe('select home from people', {}, signal)).rejects.toMatchObject({
      code: 'SOURCE/TYPE_UNMAPPED',
      message: `The type ${name} of the column HOME is not one that can be carried exactly.`,
      context: { column: 'HOME' },
    });
  });
});
