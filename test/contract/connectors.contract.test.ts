// What every connector promises of its sessions (src-main/ports/connector.ts), tried on real servers and files. Rows and
// snapshots: connectors-rows.contract.test.ts, connectors-snapshot.contract.test.ts.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { optionFields } from '../../src-main/app/option-fields.ts';
import { connectors } from '../../src-main/connectors/registry.ts';
import type { Session } from '../../src-main/ports/connector.ts';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import { freePort } from '../servers/free-port.ts';
import { waitUntil } from '../servers/wait-until.ts';
import { legalRows } from './connectors/legal-rows.ts';
import { catalogTable, openSession, queryRead, signal, stored, tableRead } from './connectors/reads.ts';
import type { ConnectorPlace } from './connectors/rig.ts';
import { RIGGED, RIGS } from './connectors/rigs.ts';

const HOSTILE = [
  ...['a"b', "a'b", 'a`b', 'a\\b', '$$', '; drop table x; --', '%s', 'Größe', ':name', '$1', '?', '[a]', 'a.b'],
  ...['select', 'from', 'order', '/*', '\n', 'a\tb', '🐘'],
];
const HOSTILE_NAME = 'we"i\'rd`; drop\ntable --';

it('there is a rig for every connector of the registry, and none for another', () => {
  expect(Object.keys(RIGS).sort()).toEqual(connectors.map(({ id }) => id).sort());
});

describe.each(RIGGED)('a session of $title', ({ connector, rig }) => {
  const quoteName = (name: string): string => connector.dialect.quoteName(name);
  const literal = (text: string): string => connector.dialect.literal(text);
  const names = HOSTILE.filter((name) => !rig.refusedNames.includes(name));
  const HOSTILE_TABLE = rig.refusedNames.includes('a"b') ? HOSTILE_NAME.replace('"', '') : HOSTILE_NAME;
  let place: ConnectorPlace;
  let session: Session;

  beforeAll(async () => {
    place = await rig.start();
    const { integer, bigint, text } = rig.types;
    const columns = names.map((name) => `${quoteName(name)} ${text}`).join(', ');
    const hostile = quoteName(HOSTILE_TABLE);
    await place.sql(`create table ${hostile} (${columns})`);
    await place.sql(`insert into ${hostile} values (${names.map((name) => literal(name)).join(', ')})`);
    await place.sql(`create table plain_rows (id ${integer} not null primary key, big ${bigint}, name ${text})`);
    await place.sql(`insert into plain_rows select i, i, 'name' from ${rig.series(2500)}`);
    await place.sql(`create table no_rows (id ${integer}, name ${text})`);
    if (rig.unmapped !== null) await place.sql(rig.unmapped.ddl);
  });
  beforeEach(async () => {
    session = await openSession(connector, place);
    return () => session[Symbol.asyncDispose]();
  });
  afterAll(() => place.stop());

  /** Ending is not heard by the server in the same instant. */
  const expectNoTransaction = (): Promise<void> =>
    waitUntil(async () => (await place.openTransactions()) === 0, AbortSignal.timeout(2000));

  it('titles every option and gives it a flag', () => {
    for (const field of optionFields(connector.options)) {
      expect(field.title).not.toBe(field.property);
      expect(field.flag).toMatch(/^[a-z-]+$/);
    }
  });

  it('states what it is connected to', async () => {
    const facts = await session.facts(signal);
    expect(facts.product).toBe(rig.product);
    expect(facts.version).toMatch(/\d/);
    expect(facts.database).not.toBe('');
    expect(facts.user !== '').toBe(connector.traits.network);
    expect(facts.tls).toBeNull();
    expect(facts.latencyMs).toBeGreaterThanOrEqual(0);
    expect(facts.readOnly === 'enforced by the server').toBe(connector.traits.enforcesReadOnly);
    expect(facts.missingPrivileges).toEqual([]);
    await expectNoTransaction();
  });

  it('lists hostile names of tables and columns as they are, sorted, and without the system’s', async () => {
    const catalog = await session.catalog({}, signal);
    expect(catalog.product).toBe(rig.product);
    const namespaces = catalog.namespaces.map(({ name }) => name);
    expect(namespaces).toContain(place.namespace);
    expect(namespaces.filter((name) => /^(pg_|information_schema|mysql$|sys$|performance_schema)/.test(name))).toEqual(
      [],
    );
    const own = catalog.namespaces.find(({ name }) => name === place.namespace)?.tables ?? [];
    expect(own.map(({ name }) => name)).toEqual(own.map(({ name }) => name).sort());
    expect(own.find(({ name }) => name === HOSTILE_TABLE)?.columns.map(({ name }) => name)).toEqual(names);
    expect((await session.catalog({ namespace: 'no such namespace' }, signal)).namespaces).toEqual([]);
    await expectNoTransaction();
  });

  it('knows keys, nullability and types', async () => {
    const table = await catalogTable(session, place, 'plain_rows');
    expect(table.primaryKey).toEqual([stored(place, 'id')]);
    expect(table.kind).toBe('table');
    expect(table.columns.map(({ name, nullable }) => [name, nullable])).toEqual([
      [stored(place, 'id'), false],
      [stored(place, 'big'), true],
      [stored(place, 'name'), true],
    ]);
    expect(table.columns.map(({ type }) => type?.kind)).toEqual(['int', rig.bigints?.kind ?? 'int', 'text']);
    expect(table.columns[1]?.type).toMatchObject(rig.bigints ?? { bits: 64, signed: true });
  });

  it('reads a table whose every name is hostile, in any order asked for', async () => {
    const read = tableRead(await catalogTable(session, place, HOSTILE_TABLE), {
      orderBy: names.map((column) => ({ column, descending: true })),
    });
    expect(await session.count(read, signal)).toBe(1);
    expect(await legalRows(session.preview(read, signal))).toEqual([names]);
    await using snapshot = await session.snapshot([read], signal);
    expect(await legalRows(snapshot.read(read, { signal, wire: false }))).toEqual([names]);
  });

  if (rig.refusedNames.length > 0) {
    it('is spared only names that the product itself refuses', async () => {
      for (const name of rig.refusedNames) {
        // By us, where no spelling of the name exists; else by the server.
        const creating = (async () => place.sql(`create table refused (${quoteName(name)} ${rig.types.text})`))();
        await expect(creating).rejects.toThrow(/name|character/i);
      }
    });
  }

  if (rig.unmapped !== null) {
    const { table, query } = rig.unmapped;
    it('lists a type it cannot carry as unknown, by its own name', async () => {
      const odd = (await catalogTable(session, place, table)).columns.find(({ name }) => name === stored(place, 'odd'));
      expect(odd?.type).toBeNull();
    });

    if (query !== null) {
      it('refuses a query with a type it cannot carry, and names the column', async () => {
        const describing = session.describe(query, {}, signal);
        const column = stored(place, 'odd');
        await expect(describing).rejects.toMatchObject({ code: 'SOURCE/TYPE_UNMAPPED', context: { column } });
        await expect(describing).rejects.toThrow(column);
        expect((await session.facts(signal)).product).toBe(rig.product);
      });
    }
  }

  it('describes a query without running it, parameters included', async () => {
    const sql = 'select id as n, name from plain_rows where name = :name';
    const columns = await session.describe(sql, { name: 'name' }, signal);
    expect(columns.map(({ name, type }) => [name, type.kind])).toEqual([
      [stored(place, 'n'), 'int'],
      [stored(place, 'name'), 'text'],
    ]);
    const read = { ...queryRead(sql, columns), params: { name: 'name' }, limit: 3 };
    expect(await legalRows(session.preview(read, signal))).toHaveLength(3);
    expect(await session.count({ ...read, params: { name: "' or 1 = 1 --" }, limit: null }, signal)).toBe(0);
    await expect(session.describe('select nowhere from plain_rows', {}, signal)).rejects.toMatchObject({
      code: 'SOURCE/QUERY_INVALID',
    });
    await expectNoTransaction();
  });

  it('compiles the statement of a read without running it', async () => {
    const read = tableRead(await catalogTable(session, place, 'plain_rows'));
    const busy = `(select count(*) from (${rig.busyQuery}) b) > 0`;
    const before = performance.now();
    for (const where of [null, 'id > :least', busy]) {
      await session.check({ ...read, where, params: { least: '1' } }, signal);
    }
    const columns = await session.describe(rig.busyQuery, {}, signal);
    await session.check(queryRead(rig.busyQuery, columns), signal);
    expect(performance.now() - before).toBeLessThan(3000);
    for (const [where, code] of [
      ['nowhere > 1', 'SOURCE/QUERY_INVALID'],
      ['id >', 'SOURCE/QUERY_INVALID'],
      // Refused by us or by the server: a placeholder of its own is never a parameter.
      ['id > ?', expect.stringMatching(/INVALID|REFUSED/)],
      ['no_such_function(id) > 1', 'SOURCE/QUERY_INVALID'],
      ['id in (select id from no_such_table)', 'SOURCE/TABLE_GONE'],
      ['1 = 1); delete from plain_rows; --', 'PLAN/SQL_REFUSED'],
    ] as const) {
      expect([where, await session.check({ ...read, where }, signal).catch((error: unknown) => error)]).toEqual([
        where,
        expect.objectContaining({ code }),
      ]);
    }
    expect(await session.count(read, signal)).toBe(2500);
    await expectNoTransaction();
  });

  it('counts as many rows as it reads, with and without a condition', async () => {
    const table = await catalogTable(session, place, 'plain_rows');
    for (const [more, expected] of [
      [{}, 2500],
      [{ where: 'id > :least', params: { least: '2000' } }, 500],
      [{ limit: 7 }, 7],
      [{ limit: 0 }, 0],
      [{ where: 'id < 0' }, 0],
    ] as const) {
      const read = tableRead(table, more);
      expect(await session.count(read, signal)).toBe(expected);
      await expectNoTransaction();
      expect(await legalRows(session.preview(read, signal))).toHaveLength(expected);
      await expectNoTransaction();
    }
  });

  it('limits a preview in its SQL', async () => {
    const read = tableRead(await catalogTable(session, place, 'plain_rows'), {
      orderBy: [{ column: stored(place, 'id'), descending: true }],
    });
    const limited = connector.dialect.select({ ...read, limit: 3 });
    expect(limited.text).not.toBe(connector.dialect.select(read).text);
    const rows = await legalRows(session.preview({ ...read, limit: 3 }, signal));
    expect(rows.map(([id]) => id)).toEqual(['2500', '2499', '2498']);
  });

  it('can be used again after a preview that was left early', async () => {
    const columns = await session.describe(rig.endlessQuery, {}, signal);
    for await (const batch of session.preview(queryRead(rig.endlessQuery, columns), signal)) {
      batch.release();
      break;
    }
    await expectNoTransaction();
    expect((await session.facts(signal)).product).toBe(rig.product);
    const read = tableRead(await catalogTable(session, place, 'plain_rows'));
    expect(await session.count(read, signal)).toBe(2500);
  });

  it('is cancelled within a second in the middle of a preview', async () => {
    const columns = await session.describe(rig.endlessQuery, {}, signal);
    const controller = new AbortController();
    const drain = async (): Promise<void> => {
      for await (const batch of session.preview(queryRead(rig.endlessQuery, columns), controller.signal)) {
        batch.release();
        if (!controller.signal.aborted) setTimeout(() => controller.abort(), 50);
      }
    };
    const draining = drain();
    let aborted = 0;
    controller.signal.addEventListener('abort', () => (aborted = performance.now()));
    await expect(draining).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    expect(performance.now() - aborted).toBeLessThan(1000);
    await expectNoTransaction();
  });

  it('is cancelled within a second while the server has given no row yet, and the server hears of it', async () => {
    const columns = await session.describe(rig.busyQuery, {}, signal);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const before = performance.now();
    const reading = legalRows(session.preview(queryRead(rig.busyQuery, columns), controller.signal));
    await expect(reading).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    expect(performance.now() - before).toBeLessThan(1200);
    await expectNoTransaction();
  });

  it('is seen at its work by another session of the run, which asks about no other', async () => {
    const { others } = session;
    expect(others !== null).toBe(connector.traits.network);
    if (others === null) return;
    await using working = await openSession(connector, place);
    await using idle = await openSession(connector, place);
    const number = (await working.others?.number(signal)) ?? '';
    const idleNumber = (await idle.others?.number(signal)) ?? '';
    const columns = await working.describe(rig.busyQuery, {}, signal);
    const stop = new AbortController();
    const reading = legalRows(working.preview(queryRead(rig.busyQuery, columns), stop.signal)).catch(() => undefined);
    await waitUntil(
      async () => typeof (await others.look([number], signal))[0]?.statementMs === 'number',
      AbortSignal.timeout(5000),
    );
    const first = await others.look([number], signal);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const second = await others.look([number], signal);
    expect([first.length, second.length]).toEqual([1, 1]);
    expect(number).toContain(second[0]?.number);
    expect((second[0]?.statementMs ?? 0) - (first[0]?.statementMs ?? 0)).toBeGreaterThan(200);
    expect([second[0]?.wait?.kind === 'lock', second[0]?.blockedBy]).toEqual([false, []]);
    expect((await others.look([idleNumber], signal)).map(({ statementMs }) => statementMs)).toEqual([null]);
    expect(await others.look([], signal)).toEqual([]);
    stop.abort();
    await reading;
  });

  it('does not start what was cancelled before', async () => {
    const stopped = AbortSignal.abort();
    const read = tableRead(await catalogTable(session, place, 'plain_rows'));
    const each = [
      (own: Session) => own.facts(stopped),
      (own: Session) => own.catalog({}, stopped),
      (own: Session) => own.describe('select id from plain_rows', {}, stopped),
      (own: Session) => own.check(read, stopped),
      (own: Session) => own.count(read, stopped),
      (own: Session) => legalRows(own.preview(read, stopped)),
      (own: Session) => own.snapshot([read], stopped),
    ];
    for (const call of each) {
      await using own = await openSession(connector, place);
      await expect(call(own)).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    }
    await expectNoTransaction();
  });

  it('is not used by two at once', async () => {
    const read = tableRead(await catalogTable(session, place, 'plain_rows'));
    await using snapshot = await session.snapshot([read], signal);
    await expect(session.count(read, signal)).rejects.toMatchObject({ code: 'APP/INVARIANT' });
    expect(await snapshot.count(read, signal)).toBe(2500);
  });

  it('refuses to write, whatever a query or a condition says', async () => {
    const table = await catalogTable(session, place, 'plain_rows');
    const read = tableRead(table);
    for (const where of ['1 = 1; delete from plain_rows; --', '1 = 1) ; delete from plain_rows; --']) {
      await expect(session.count({ ...read, where }, signal)).rejects.toMatchObject({ code: 'PLAN/SQL_REFUSED' });
    }
    for (const sql of ['delete from plain_rows', "insert into no_rows values (1, 'x')", 'drop table no_rows']) {
      const refused = { code: expect.stringMatching(/^(PLAN\/SQL_REFUSED|SOURCE\/)/) };
      await expect(session.describe(sql, {}, signal)).rejects.toMatchObject(refused);
      const written = queryRead(sql, read.columns);
      await expect(session.count(written, signal)).rejects.toMatchObject(refused);
      await expect(legalRows(session.preview(written, signal))).rejects.toMatchObject(refused);
    }
    expect(await session.count(read, signal)).toBe(2500);
    expect(await session.count(tableRead(await catalogTable(session, place, 'no_rows')), signal)).toBe(0);
  });

  if (connector.traits.network) {
    it('says what is wrong with a password, a database or a port, and what to do', async () => {
      for (const [how, code] of [
        [{ password: new SecretText('not the password') }, 'SOURCE/AUTH_REFUSED'],
        [{ password: null }, 'SOURCE/AUTH_REFUSED'],
        [{ options: { [rig.databaseOption ?? 'database']: 'no_such_database' } }, 'SOURCE/DATABASE_ABSENT'],
        [{ options: { port: await freePort() } }, 'SOURCE/UNREACHABLE'],
        [{ options: { user: 'nobody_here' } }, 'SOURCE/AUTH_REFUSED'],
      ] as const) {
        const opening = openSession(connector, place, how);
        await expect(opening).rejects.toMatchObject({ code, remedy: expect.stringMatching(/\w+ \w+/) });
        await expect(opening).rejects.not.toThrow(/not the password/);
      }
    });
  }
});
