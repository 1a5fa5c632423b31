// What a snapshot proves, and what it says when it proves nothing.
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../../src-main/ports/connector.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { legalRows } from '../../../contract/connectors/legal-rows.ts';
import type { Answer, Script } from '../../../servers/tds/scripted.ts';
import { typeColumns } from '../../../servers/tds/replies.ts';
import { WIRE, type WireValue } from '../../../servers/tds/wire-types.ts';
import { column } from '../../../unit/connectors/sqlserver/all-types.ts';
import { openSqlserver, signal, standIn, tableRead, type StandIn } from './rig.ts';

const READ = tableRead([column('a', 'int')]);
const SQL = 'select [a]\nfrom [dbo].[t]';
const COUNT = 'select count_big(*)\nfrom [dbo].[t]';
const described = (masked = 0): readonly WireValue[] => ['a', ...typeColumns('int'), 1, masked];
const refuse = (number: number, message = 'refused'): Answer =>
  function* () {
    yield { error: { number, message } };
  };
const one: Answer = function* () {
  yield { columns: [{ name: 'a', type: WIRE.int(4) }] };
  yield { row: [1] };
};
const counted: Answer = function* () {
  yield { columns: [{ name: '', type: WIRE.int(8) }] };
  yield { row: [1n] };
};

async function withSnapshot<T>(
  script: Script,
  reads: readonly TableRead[],
  use: (snapshot: Snapshot, place: StandIn) => Promise<T>,
): Promise<T> {
  const own = { 'table-columns': [described()], ...script.own };
  const statements = { [SQL]: one, [COUNT]: counted, ...script.statements };
  await using place = await standIn({ ...script, own, statements });
  await using session = await openSqlserver(place.peer);
  await using snapshot = await session.snapshot(reads, signal);
  return await use(snapshot, place);
}

const unproven = (script: Script, read: TableRead = READ): Promise<string | null | undefined> =>
  withSnapshot(script, [read], async ({ facts }) => facts.unproven[0]);

describe('a snapshot of SQL Server on the TDS stand-in', () => {
  it('is one transaction under SNAPSHOT, whose first access holds the table, and ends in nothing', async () => {
    const seen = await withSnapshot({}, [READ], async (snapshot, { database }) => {
      expect(snapshot.facts).toEqual({
        id: expect.stringMatching(/^transaction \d+ \(snapshot\), 2026-01-02T03:04:05\.1234567Z$/),
        unproven: [null],
      });
      expect(await legalRows(snapshot.read(READ, { signal, wire: false }))).toEqual([['1']]);
      expect(await snapshot.count(READ, signal)).toBe(1);
      await snapshot[Symbol.asyncDispose]();
      expect(database.openTransactions).toBe(0);
      return database.seen;
    });
    expect(seen).toEqual([
      ...['session-settings', 'snapshot-state', 'table-kind', 'begin, snapshot', 'hold', 'held', 'table-columns'],
      ...['transaction', 'transaction', SQL, 'transaction', COUNT, 'end'],
    ]);
  });

  it('proves nothing where the database gives no snapshots, and takes no locks for it', async () => {
    const own = { 'snapshot-state': [[0, 0]] };
    await withSnapshot({ own }, [READ], async ({ facts }, { database }) => {
      expect(facts.id).toMatch(/read committed/);
      expect(facts.unproven[0]).toMatch(/^Snapshot isolation is off in the database: .* twice or not at all\.$/);
      expect(database.seen).toContain('begin, read committed');
    });
    // Where nobody can write, every moment is the same.
    expect(await unproven({ own: { 'snapshot-state': [[0, 1]] } })).toBeNull();
  });

  it.each([
    [
      'the login may not see its locks',
      { held: refuse(300, 'VIEW SERVER STATE permission was denied.') },
      /may not see its locks \(VIEW SERVER STATE\).* dbo\.t is held/,
    ],
    ['the server holds another table', { held: [[2]] }, /does not hold dbo\.t/],
    ['it is a view', { 'table-kind': [[1, 'V', 0, 0]] }, /view dbo\.t .* cannot be held/],
    ['it is an external table', { 'table-kind': [[1, 'U', 1, 0]] }, /external table dbo\.t lies outside/],
    ['it is memory-optimised', { 'table-kind': [[1, 'U', 0, 1]] }, /memory-optimised table dbo\.t takes no part/],
    ['the login may not read it', { hold: refuse(229) }, /did not accept it/],
    ['the server masks its column', { 'table-columns': [described(1)] }, /^The server masks a for this login/],
  ] as const)('proves nothing of a table when %s', async (_, own, why) => {
    expect(await unproven({ own })).toMatch(why);
  });

  it('proves nothing of queries, and of conditions that read other tables', async () => {
    const describe = [['a', 'int', 1, null, null, null, 0, null, null]] as const;
    const query = { ...READ, source: { kind: 'query', sql: 'select a from t' } } as const;
    expect(await unproven({ own: { describe } }, query)).toMatch(/What a query reads cannot be held/);
    expect(await unproven({}, { ...READ, where: 'a in (select a from b)' })).toMatch(/condition may read other tables/);
    expect(await unproven({}, { ...READ, where: 'dbo.reads(a) = 1' })).toMatch(/condition may read other tables/);
    expect(await unproven({}, { ...READ, where: 'a = 1' })).toBeNull();
  });

  it.each([
    ['a lock that is not granted', { hold: refuse(1222) }, 'SOURCE/TIMEOUT'],
    ['a table that is gone', { hold: refuse(208), 'table-kind': [] }, 'SOURCE/TABLE_GONE'],
    ['a table changed by DDL', { hold: refuse(3961) }, 'SOURCE/CATALOG_DRIFT'],
    ['a column of another type', { 'table-columns': [['a', ...typeColumns('bigint'), 1, 0]] }, 'SOURCE/CATALOG_DRIFT'],
    [
      'a column that takes no NULL any more',
      { 'table-columns': [['a', ...typeColumns('int'), 0, 0]] },
      'SOURCE/CATALOG_DRIFT',
    ],
  ] as const)('is not opened for %s, and leaves no transaction', async (_, own, code) => {
    await using place = await standIn({ own: { 'table-columns': [described()], ...own } });
    await using session = await openSqlserver(place.peer);
    await expect(session.snapshot([READ], signal)).rejects.toMatchObject({ code });
    expect(place.database.openTransactions).toBe(0);
    expect((await session.facts(signal)).database).toBe('shop');
  });

  it('never gives rows of another moment: when an error has ended the transaction, all that follows is lost', async () => {
    const fails: Answer = function* (session) {
      yield { columns: [{ name: 'a', type: WIRE.int(4) }] };
      yield { error: { number: 245, message: 'Conversion failed.' } };
      yield session.rollBack();
    };
    const bad = { ...READ, where: 'a = 1' };
    await withSnapshot(
      { statements: { [`${SQL}\nwhere (\na = 1\n)`]: fails } },
      [bad, READ],
      async (snapshot, { database }) => {
        await expect(legalRows(snapshot.read(bad, { signal, wire: false }))).rejects.toMatchObject({
          code: 'SOURCE/QUERY_FAILED',
        });
        const lost = { code: 'SOURCE/SNAPSHOT_LOST', remedy: expect.stringMatching(/\w+ \w+/) };
        await expect(legalRows(snapshot.read(READ, { signal, wire: false }))).rejects.toMatchObject(lost);
        await expect(snapshot.count(READ, signal)).rejects.toMatchObject(lost);
        expect(database.seen.filter((text) => text === SQL || text === COUNT)).toEqual([]);
      },
    );
  });

  it('goes on in the same transaction after a read that was left early', async () => {
    const endless: Answer = function* () {
      yield { columns: [{ name: 'a', type: WIRE.int(4) }] };
      for (;;) yield { row: [7] };
    };
    const long = { ...READ, where: 'a = 7' };
    await withSnapshot(
      { statements: { [`${SQL}\nwhere (\na = 7\n)`]: endless } },
      [long, READ],
      async (snapshot, { database }) => {
        for await (const batch of snapshot.read(long, { signal, wire: false })) {
          batch.release();
          break;
        }
        expect(await legalRows(snapshot.read(READ, { signal, wire: false }))).toEqual([['1']]);
        expect(database.seen.filter((text) => text.startsWith('begin'))).toHaveLength(1);
      },
    );
  });
});
