// Snapshots that are fixed while another session keeps writers off the tables, and how long that lasts.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { keyLiteral, keyText } from '../../../../src-main/connectors/sqlserver/key-literal.ts';
import { sqlserver } from '../../../../src-main/connectors/sqlserver/index.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { legalRows } from '../../../contract/connectors/legal-rows.ts';
import { catalogTable, openSession, tableRead as readOf } from '../../../contract/connectors/reads.ts';
import { sqlserverRig } from '../../../contract/connectors/sqlserver-rig.ts';
import type { Answer, Script } from '../../../servers/tds/scripted.ts';
import { typeColumns } from '../../../servers/tds/replies.ts';
import { WIRE } from '../../../servers/tds/wire-types.ts';
import { column } from '../../../unit/connectors/sqlserver/all-types.ts';
import { openSqlserver, signal, standIn, tableRead } from './rig.ts';

const READ = tableRead([column('a', 'int')]);
const where = sqlserverRig.standIn ?? 'a server';
const refuse = (number: number): Answer =>
  function* () {
    yield { error: { number, message: 'refused' } };
  };
const never: Answer = async function* () {
  yield await new Promise<never>(() => undefined);
};

describe(`tables of SQL Server that are kept still, on ${where}`, () => {
  it('are at one moment for all who begin meanwhile, and are written to again right after', async () => {
    const place = await sqlserverRig.start();
    await using stop = new AsyncDisposableStack();
    stop.defer(() => place.stop());
    await place.sql('create table accounts (id int not null primary key, amount int)');
    await place.sql(`insert into accounts select i, 100 from ${sqlserverRig.series(40)}`);
    const [holder, first, second] = [
      stop.use(await openSession(sqlserver, place)),
      stop.use(await openSession(sqlserver, place)),
      stop.use(await openSession(sqlserver, place)),
    ];
    const reads = [readOf(await catalogTable(first, place, 'accounts'))];
    const hold = await holder.others?.hold?.(reads, signal);
    const leader = stop.use(await first.snapshot(reads, signal));
    let isWritten = false;
    const writing = place.sql('update accounts set amount = 0').then(() => (isWritten = true));
    await sleep(100);
    expect(isWritten).toBe(false);
    const joined = stop.use(await second.snapshot(reads, signal));
    await hold?.[Symbol.asyncDispose]();
    await writing;
    for (const snapshot of [leader, joined]) {
      for (const read of reads) {
        const rows = await legalRows(snapshot.read(read, { signal, wire: false }));
        expect(rows.map(([, amount]) => amount)).toEqual(Array.from({ length: 40 }, () => '100'));
      }
    }
  });

  it('wait for who is in the middle of a transaction that has changed one', async () => {
    const place = await sqlserverRig.start();
    await using stop = new AsyncDisposableStack();
    stop.defer(() => place.stop());
    await place.sql('create table accounts (id int not null primary key)');
    const session = stop.use(await openSession(sqlserver, place));
    const reads = [readOf(await catalogTable(session, place, 'accounts'))];
    await place.sql(sqlserverRig.standIn === undefined ? 'begin transaction' : 'begin');
    await place.sql('insert into accounts values (1)');
    let isHeld = false;
    const holding = session.others?.hold?.(reads, signal).then((hold) => {
      isHeld = true;
      return hold;
    });
    await sleep(100);
    expect(isHeld).toBe(false);
    await place.sql('commit');
    await (await holding)?.[Symbol.asyncDispose]();
    expect(isHeld).toBe(true);
    expect(await place.openTransactions()).toBe(0);
  });
});

describe('keeping tables still, on the TDS stand-in', () => {
  const own = { 'table-columns': [['a', ...typeColumns('int'), 1, 0]] } as const;

  it('is asked for before the transaction of a reader, which says so when it needs it no longer', async () => {
    await using place = await standIn({ own });
    await using session = await openSqlserver(place.peer);
    const { seen } = place.database;
    const beforeFixed = async (): Promise<void> => void seen.push('may be fixed');
    const onFixed = (): void => void seen.push('is fixed');
    await using _ = await session.snapshot([READ], signal, { beforeFixed, onFixed });
    expect(seen).toEqual([
      ...['session-settings', 'snapshot-state', 'table-kind', 'may be fixed', 'begin, snapshot', 'hold', 'is fixed'],
      ...['held', 'table-columns', 'transaction'],
    ]);
  });

  it('takes a shared lock of each table in one order, asks whether they are there, and ends in nothing', async () => {
    const tables = ['zebras', 'ants', 'zebras'].map((name) => ({
      ...READ,
      source: { kind: 'table', table: { namespace: 'dbo', name } } as const,
    }));
    const locked: string[] = [];
    const keep: Answer = (_session, _statement, [, name = '']) => {
      locked.push(name);
      return [];
    };
    await using place = await standIn({ own: { ...own, 'keep-still': keep } });
    await using session = await openSqlserver(place.peer);
    const hold = await session.others?.hold?.(tables, signal);
    expect(locked).toEqual(['ants', 'zebras']);
    expect(place.database.openTransactions).toBe(1);
    await hold?.[Symbol.asyncDispose]();
    expect(place.database.seen.slice(1)).toEqual([
      ...['snapshot-state', 'table-kind', 'table-kind', 'table-kind', 'begin, read committed'],
      ...['keep-still', 'keep-still', 'still', 'end'],
    ]);
  });

  it('tells whether they were held all the time', async () => {
    let isThere = true;
    const still: Answer = function* () {
      yield { columns: [{ name: 'id', type: WIRE.int(8) }] };
      if (isThere) yield { row: [1n] };
    };
    await using place = await standIn({ own: { ...own, still } });
    await using session = await openSqlserver(place.peer);
    await using hold = (await session.others?.hold?.([READ], signal)) ?? null;
    expect(await hold?.lasts(signal)).toBe(true);
    isThere = false;
    expect(await hold?.lasts(signal)).toBe(false);
    place.peer.loseLast();
    await expect(hold?.lasts(signal)).rejects.toMatchObject({ code: 'SOURCE/CONNECTION_LOST' });
  });

  it.each([
    ['the database gives no snapshots', { 'snapshot-state': [[0, 0]] }, {}, /does not allow snapshot isolation/],
    ['it is a view', { 'table-kind': [[1, 'V', 0, 0, 0]] }, {}, /What dbo\.t shows may lie in other tables/],
    ['it is external', { 'table-kind': [[1, 'U', 1, 0, 0]] }, {}, /What dbo\.t shows/],
    ['it lies in memory', { 'table-kind': [[1, 'U', 0, 1, 0]] }, {}, /What dbo\.t shows/],
    ['rows are filtered', { 'table-kind': [[1, 'U', 0, 0, 1]] }, {}, /What dbo\.t shows/],
    ['the server keeps no lock', { still: [] }, {}, /keeps nobody from writing to dbo\.t/],
    ['the login may not see its locks', { still: refuse(300) }, {}, /may not read what the statement names/],
    ['another session has it', { 'keep-still': refuse(1222) }, {}, /lock was not granted in time/],
    ['two wait for each other', { 'keep-still': refuse(1205) }, {}, /waited for each other/],
    ['it takes too long for all together', { 'keep-still': never }, {}, /kept still together in time/],
    ['a condition may read more', {}, { where: 'a in (select a from b)' }, /condition of dbo\.t may read other tables/],
    ['it is a query', {}, { source: { kind: 'query', sql: 'select a from t' } }, /What a query of the plan reads/],
  ] as const)('is refused where %s, and nothing is held', async (_, change, more, why) => {
    const script: Script = { own: { ...own, ...change } };
    await using place = await standIn(script);
    await using session = await openSqlserver(place.peer, { lockTimeoutMs: 300 });
    const read: TableRead = { ...READ, ...more };
    await expect(session.others?.hold?.([read], signal)).rejects.toMatchObject({
      message: expect.stringMatching(why),
      remedy: expect.stringMatching(/\w+ \w+/),
    });
    await expect.poll(() => place.database.openTransactions, { timeout: 4000 }).toBe(0);
  });
});

describe('a value at a cut of SQL Server', () => {
  it.each([
    ['bigint', '9223372036854775807', "convert(bigint, '9223372036854775807')"],
    ['tinyint', '0', "convert(tinyint, '0')"],
    ['int as dbo.number', '-1', "convert(int, '-1')"],
    ['decimal(38,10)', '-9.9999999999', "convert(decimal(38,10), '-9.9999999999')"],
    ['numeric(5,0)', '-99999', "convert(numeric(5,0), '-99999')"],
    ['date', '0001-01-01', "convert(date, '0001-01-01', 23)"],
    ['datetime2(3)', '2024-02-29 23:59:59.999', "convert(datetime2(3), '2024-02-29 23:59:59.999', 121)"],
    ['datetime2(0)', '9999-12-31 23:59:59', "convert(datetime2(0), '9999-12-31 23:59:59', 121)"],
  ])('of the type %s, %s, stands in a condition as %s', (type, value, literal) => {
    const key = column('k', type);
    expect(keyLiteral(keyText(value, key) ?? '', key)).toBe(literal);
  });

  it('is canonical text where it is kept', () => {
    expect(keyText('2024-02-29 23:59:59.999', column('k', 'datetime2(3)'))).toBe('2024-02-29T23:59:59.999');
    expect(keyText('2024-02', column('k', 'date'))).toBeNull();
  });

  it.each([
    ...['uniqueidentifier', 'varchar(40)', 'nvarchar(40)', 'datetime', 'smalldatetime', 'money', 'float', 'bit'],
    ...['datetimeoffset(7)', 'binary(8)', 'timestamp', 'sql_variant'],
  ])('is never one of the type %s', (type) => {
    expect(sqlserver.dialect.keyCuts?.canCutBy(column('k', type))).toBe(false);
  });
});
