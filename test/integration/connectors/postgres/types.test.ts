import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { literal } from '../../../../src-main/connectors/postgres/dialect.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { describeType } from '../../../../src-shared/model/logical-type.ts';
import { newPostgresDatabase, type TestDatabase } from '../../../servers/shared-servers.ts';
import type { PostgresAddress } from '../../../servers/postgres-client.ts';
import { openPostgres, queryRead, rowsOf, signal, tableRead } from './rig.ts';
import { TYPE_CASES, TYPE_CASES_SQL } from './type-cases.ts';

describe('PostgreSQL types', () => {
  let database: TestDatabase<PostgresAddress>;
  let session: Session;

  beforeAll(async () => {
    database = await newPostgresDatabase();
    await database.sql(
      `${TYPE_CASES_SQL}
       create table every (${TYPE_CASES.map(([type], i) => `c${i} ${type}`).join(', ')});
       insert into every values (${TYPE_CASES.map(([, value]) => value).join(', ')});
       create table composite (ok int, bad every)`,
    );
    session = await openPostgres(database.server, database.name);
  });

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    await database.drop();
  });

  it('carries every type exactly, in a table and through a query', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'every' });
    expect(read.columns.map(({ type }) => describeType(type))).toEqual(TYPE_CASES.map(([, , logical]) => logical));
    const expected = [TYPE_CASES.map(([, , , text]) => text)];
    expect(await rowsOf(session.preview(read, signal))).toEqual(expected);
    const described = await session.describe('select * from every', {}, signal);
    // A query sees through a domain only as far as its base type's name; meaning and text are the same.
    expect(described.map(({ type }) => describeType(type))).toEqual(TYPE_CASES.map(([, , logical]) => logical));
    expect(await rowsOf(session.preview(queryRead('select * from every', described), signal))).toEqual(expected);
  });

  it('leaves an unknown type without a meaning in the catalog and refuses it in a query', async () => {
    const catalog = await session.catalog({}, signal);
    const table = catalog.namespaces[0]?.tables.find(({ name }) => name === 'composite');
    expect(table?.columns.map(({ type }) => type?.kind ?? null)).toEqual(['int', null]);
    await expect(session.describe('select bad from composite', {}, signal)).rejects.toMatchObject({
      code: 'SOURCE/TYPE_UNMAPPED',
      context: { column: 'bad' },
    });
  });

  it('writes literals that mean exactly their text', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 }).map((value) => value.replaceAll('\0', '\\'));
    const hostile = fc.constantFrom("'", "\\'", '\\', "''", "E'", '$$', '--', '\n', '";', ':x', '/*');
    const values = fc.array(
      fc.oneof(
        text,
        hostile,
        fc.array(hostile, { maxLength: 8 }).map((parts) => parts.join('')),
      ),
      {
        minLength: 40,
        maxLength: 40,
      },
    );
    const type = { kind: 'text', maxCharacters: null } as const;
    await fc.assert(
      fc.asyncProperty(values, async (list) => {
        const columns = list.map((_, i) => ({ name: `c${i}`, nativeType: 'text', nullable: true, type }));
        const sql = `select ${list.map((_, i) => `:p${i}::text as c${i}`).join(', ')}`;
        const params = Object.fromEntries(list.map((value, i) => [`p${i}`, value]));
        expect(await rowsOf(session.preview(queryRead(sql, columns, { params }), signal))).toEqual([list]);
      }),
      { numRuns: 25 },
    );
    expect(() => literal('a\0b')).toThrow(expect.objectContaining({ code: 'PLAN/SQL_REFUSED' }));
  });
});
