// What a session does beside what every connector promises.
import { describe, expect, it } from 'vitest';
import { legalRows } from '../../../contract/connectors/legal-rows.ts';
import { startProxy } from '../../../servers/silent-proxy.ts';
import type { Answer, Script } from '../../../servers/tds/scripted.ts';
import { WIRE } from '../../../servers/tds/wire-types.ts';
import { column } from '../../../unit/connectors/sqlserver/all-types.ts';
import { openSqlserver, signal, standIn, tableRead } from './rig.ts';

const SQL = 'select [a]\nfrom [dbo].[t]';
const READ = tableRead([column('a', 'int')]);
const INTS = [{ name: 'a', type: WIRE.int(4) }];
const hang: Answer = async function* () {
  yield await new Promise<never>(() => undefined);
};
const endless: Answer = function* () {
  yield { columns: INTS };
  for (let n = 0; ; n = (n + 1) % 1000) yield { row: [n] };
};
const fails = (number: number, message: string): Answer =>
  function* () {
    yield { error: { number, message, line: 4 } };
  };

async function readFailing(answer: Answer): Promise<unknown> {
  await using place = await standIn({ statements: { [SQL]: answer } });
  await using session = await openSqlserver(place.peer);
  return await legalRows(session.preview(READ, signal)).catch((error: unknown) => error);
}

describe('a session of SQL Server on the TDS stand-in', () => {
  it.each([
    [
      'the database takes no writes',
      { updateability: [['READ_ONLY']], 'write-rights': [[7]] },
      'enforced by the server',
    ],
    ['the login has no right to write', { 'write-rights': [[0]] }, 'enforced by the server'],
    ['the login may write to one table', { 'write-rights': [[1]] }, 'not enforced by the server'],
  ] as const)('says what keeps it from writing when %s', async (_, own, readOnly) => {
    await using place = await standIn({ own });
    await using session = await openSqlserver(place.peer);
    expect((await session.facts(signal)).readOnly).toBe(readOnly);
  });

  it('says which rights an export lacks', async () => {
    await using place = await standIn({ own: { missing: [[9, 2, 0]] } });
    await using session = await openSqlserver(place.peer);
    expect((await session.facts(signal)).missingPrivileges).toEqual([
      'SELECT on 2 of 9 tables of shop',
      'VIEW SERVER STATE, without which no run can prove that its tables are held',
    ]);
  });

  it('binds what the plan gives it, and never writes it into a statement', async () => {
    const given: unknown[] = [];
    const sql = 'select [a]\nfrom [dbo].[t]\nwhere (\nx =  @p1  or y =  @p2  or x =  @p3 \n)';
    const answer: Answer = function* (_session, { parameters }) {
      given.push(Object.fromEntries(parameters));
      yield { columns: INTS };
    };
    await using place = await standIn({ statements: { [sql]: answer } });
    await using session = await openSqlserver(place.peer);
    const long = "'; drop table t; --".repeat(1000);
    const read = { ...READ, where: 'x = :x or y = :y or x = :x', params: { x: long, y: null } };
    expect(await legalRows(session.preview(read, signal))).toEqual([]);
    expect(given).toEqual([{ p1: long, p2: null, p3: long }]);
  });

  it.each([
    [208, "Invalid object name 't'.", 'SOURCE/TABLE_GONE', /Invalid object name 't'/],
    [207, "Invalid column name 'x'.", 'SOURCE/QUERY_INVALID', /Invalid column name 'x'/],
    [
      229,
      "The SELECT permission was denied on the object 't', database 'shop', schema 'dbo'.",
      'SOURCE/PERMISSION_DENIED',
      /'t'/,
    ],
    [1222, 'Lock request time out period exceeded.', 'SOURCE/TIMEOUT', /lock/],
    [1205, 'Transaction (Process ID 55) was deadlocked.', 'SOURCE/TIMEOUT', /waited for each other/],
    [
      3952,
      'Snapshot isolation transaction failed accessing database.',
      'SOURCE/QUERY_FAILED',
      /does not allow snapshot isolation/,
    ],
    [3961, 'Snapshot isolation transaction failed in database.', 'SOURCE/CATALOG_DRIFT', /changed by another session/],
    [3958, 'Transaction aborted when accessing versioned row.', 'SOURCE/SNAPSHOT_LOST', /gave up the snapshot/],
    [8134, 'Divide by zero error encountered: 4711.', 'SOURCE/QUERY_FAILED', /division by zero/],
    [
      245,
      "Conversion failed when converting the varchar value '4711' to data type int.",
      'SOURCE/QUERY_FAILED',
      /cannot be turned into a number/,
    ],
    [
      596,
      'Cannot continue the execution because the session is in the kill state.',
      'SOURCE/CONNECTION_LOST',
      /ended on the server/,
    ],
    [3906, 'Failed to update database because the database is read-only.', 'SOURCE/WRITE_REFUSED', /tried to write/],
    [99_999, 'Something about 4711.', 'SOURCE/QUERY_FAILED', /error 99999/],
  ])('puts error %i into words of its own, without the values in it', async (number, message, code, words) => {
    const error = await readFailing(fails(number, message));
    expect(error).toMatchObject({ code, remedy: expect.stringMatching(/\w+ \w+/), context: { number } });
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).not.toContain('4711');
  });

  it('names the table that may not be read', async () => {
    const message = "The SELECT permission was denied on the object 'o''t', database 'shop', schema 'dbo'.";
    expect(await readFailing(fails(229, message))).toMatchObject({ context: { deniedTable: "o't" } });
  });

  it('ends a statement at the plan’s time limit, while it thinks and while it sends, and goes on', async () => {
    for (const answer of [hang, endless]) {
      await using place = await standIn({ statements: { [SQL]: answer } });
      await using session = await openSqlserver(place.peer, { statementTimeoutMs: 300 });
      const before = performance.now();
      await expect(legalRows(session.preview(READ, signal))).rejects.toMatchObject({
        code: 'SOURCE/TIMEOUT',
        message: 'The statement reached its time limit.',
      });
      expect(performance.now() - before).toBeLessThan(3000);
      expect((await session.facts(signal)).database).toBe('shop');
    }
  });

  it.each([
    ['while the server thinks', hang, true],
    ['while the server sends', endless, true],
    ['on a dead wire', hang, false],
    ['on a wire that died while it carried rows', endless, false],
  ])('is cancelled within a second %s', async (_, answer, isAlive) => {
    await using place = await standIn({ statements: { [SQL]: answer } });
    const proxy = await startProxy(place.peer);
    try {
      await using session = await openSqlserver({ host: '127.0.0.1', port: proxy.port });
      const stop = new AbortController();
      const reading = legalRows(session.preview(READ, stop.signal));
      setTimeout(() => {
        if (!isAlive) proxy.goSilent();
      }, 100);
      let aborted = 0;
      setTimeout(() => {
        aborted = performance.now();
        stop.abort();
      }, 200);
      await expect(reading).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
      expect(performance.now() - aborted).toBeLessThan(1000);
      await expect(session.facts(signal)).rejects.toMatchObject({ code: 'SOURCE/CONNECTION_LOST' });
      if (isAlive) await expect.poll(() => place.database.openTransactions, { timeout: 2000 }).toBe(0);
    } finally {
      proxy.close();
    }
  });

  it('says that the connection was lost when the wire is cut in the middle of the rows', async () => {
    await using place = await standIn({ statements: { [SQL]: endless } });
    const proxy = await startProxy(place.peer);
    await using session = await openSqlserver({ host: '127.0.0.1', port: proxy.port });
    setTimeout(() => proxy.cut(), 100);
    await expect(legalRows(session.preview(READ, signal))).rejects.toMatchObject({ code: 'SOURCE/CONNECTION_LOST' });
    proxy.close();
  });

  it('is cancelled before the server has said a word, and gives up a server that says none', async () => {
    await using place = await standIn({});
    const proxy = await startProxy(place.peer);
    proxy.goSilent();
    const stop = new AbortController();
    const before = performance.now();
    setTimeout(() => stop.abort(), 200);
    const opening = openSqlserver({ host: '127.0.0.1', port: proxy.port }, { signal: stop.signal });
    await expect(opening).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    expect(performance.now() - before).toBeLessThan(1200);
    proxy.close();
  });

  it('takes several results and notices in its stride, and no second result of a read', async () => {
    const chatty: Answer = function* () {
      yield { info: { number: 5701, message: 'Changed database context.' } };
      yield { columns: INTS };
      yield { row: [1] };
      yield { info: { number: 8153, message: 'Null value is eliminated by an aggregate.' } };
      yield { row: [null] };
    };
    const script: Script = { statements: { [SQL]: chatty } };
    await using place = await standIn(script);
    await using session = await openSqlserver(place.peer);
    expect(await legalRows(session.preview(READ, signal))).toEqual([['1'], [null]]);
  });
});
