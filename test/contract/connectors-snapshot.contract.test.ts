// What every connector promises of a snapshot (src-main/ports/connector.ts), tried on real servers and files.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../src-main/ports/connector.ts';
import { legalRows } from './connectors/legal-rows.ts';
import { catalogTable, openSession, queryRead, signal, tableRead } from './connectors/reads.ts';
import type { ConnectorPlace } from './connectors/rig.ts';
import { RIGGED } from './connectors/rigs.ts';

describe.each(RIGGED)('a snapshot of $title', ({ connector, rig }) => {
  let place: ConnectorPlace;
  let session: Session;

  beforeEach(async () => {
    place = await rig.start();
    const { integer, text } = rig.types;
    for (const table of ['accounts', 'transfers']) {
      await place.sql(`create table ${table} (id ${integer} not null primary key, amount ${integer}, name ${text})`);
      await place.sql(`insert into ${table} select i, 10, 'some text' from ${rig.series(5000)}`);
    }
    session = await openSession(connector, place);
  });
  afterEach(async () => {
    await session[Symbol.asyncDispose]();
    await place.stop();
  });

  const readOf = async (table: string) => tableRead(await catalogTable(session, place, table));

  it('shows one moment of all its tables, whatever others write meanwhile', async () => {
    const reads = [await readOf('accounts'), await readOf('transfers')] as const;
    await using snapshot = await session.snapshot(reads, signal);
    expect(snapshot.facts.unproven).toEqual([null, null]);
    expect(snapshot.facts.id).not.toBe('');
    expect(await legalRows(snapshot.read(reads[0], { signal, wire: false }))).toHaveLength(5000);
    await place.sql('update transfers set amount = 0 where id <= 100');
    await place.sql('delete from transfers where id > 4000');
    const rows = await legalRows(snapshot.read(reads[1], { signal, wire: false }));
    expect(rows.reduce((sum, [, amount]) => sum + Number(amount), 0)).toBe(50_000);
    expect(await snapshot.count(reads[1], signal)).toBe(5000);
    await snapshot[Symbol.asyncDispose]();
    expect(await session.count(reads[1], signal)).toBe(4000);
  });

  it('is not opened on a table that has changed since the plan was made', async () => {
    const read = await readOf('accounts');
    await place.sql(rig.alterType('accounts', 'amount'));
    await expect(session.snapshot([read], signal)).rejects.toMatchObject({
      code: 'SOURCE/CATALOG_DRIFT',
      remedy: expect.stringMatching(/\w+ \w+/),
    });
    expect(await place.openTransactions()).toBe(0);
  });

  it.each(['drop table accounts', 'delete from accounts'])(
    'never gives fewer rows than it counted, though somebody says %s',
    async (sql) => {
      const read = await readOf('accounts');
      await using snapshot = await session.snapshot([read], signal);
      const refused = await place.sql(sql).then(
        () => false,
        () => true,
      );
      const rows = await legalRows(snapshot.read(read, { signal, wire: false }));
      expect(rows).toHaveLength(5000);
      expect(await snapshot.count(read, signal)).toBe(5000);
      // What changes a table's shape waits for us; what changes rows does not.
      if (sql.startsWith('drop'))
        expect(refused || snapshot.facts.unproven[0] !== null || !connector.traits.network).toBe(true);
    },
  );

  it('is cancelled within a second in the middle of a read, and leaves nothing open', async () => {
    const columns = await session.describe(rig.endlessQuery, {}, signal);
    const read = queryRead(rig.endlessQuery, columns);
    const controller = new AbortController();
    await using snapshot = await session.snapshot([read], signal);
    let aborted = 0;
    const drain = async (): Promise<void> => {
      for await (const batch of snapshot.read(read, { signal: controller.signal, wire: false })) {
        batch.release();
        if (aborted > 0) continue;
        aborted = performance.now();
        controller.abort();
      }
    };
    await expect(drain()).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    expect(performance.now() - aborted).toBeLessThan(1000);
    await snapshot[Symbol.asyncDispose]();
    await expect.poll(() => place.openTransactions(), { timeout: 2000 }).toBe(0);
  });

  it('reads on after a read that was left early', async () => {
    const columns = await session.describe(rig.endlessQuery, {}, signal);
    const endless = queryRead(rig.endlessQuery, columns);
    const read = await readOf('accounts');
    await using snapshot = await session.snapshot([endless, read], signal);
    const first = async (): Promise<number> => {
      for await (const batch of snapshot.read(endless, { signal, wire: false })) {
        const { rows } = batch;
        batch.release();
        return rows;
      }
      return 0;
    };
    expect(await first()).toBeGreaterThan(0);
    expect(await legalRows(snapshot.read(read, { signal, wire: false }))).toHaveLength(5000);
    expect(await snapshot.count(read, signal)).toBe(5000);
  });

  it('reads on, of the same moment, after a read and a count that failed', async () => {
    const failing = queryRead(rig.failingQuery, await session.describe(rig.failingQuery, {}, signal));
    const read = await readOf('accounts');
    await using snapshot = await session.snapshot([read, failing], signal);
    await place.sql('delete from accounts where id > 4000');
    const failed = { code: expect.stringMatching(/^SOURCE\/QUERY_(FAILED|INVALID)$/) };
    await expect(legalRows(snapshot.read(failing, { signal, wire: false }))).rejects.toMatchObject(failed);
    const broken = { ...read, where: 'no_such_column = 1' };
    await expect(snapshot.count(broken, signal)).rejects.toMatchObject(failed);
    expect(await legalRows(snapshot.read(read, { signal, wire: false }))).toHaveLength(5000);
    expect(await snapshot.count(read, signal)).toBe(5000);
  });
});
