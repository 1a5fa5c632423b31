/** Runs at the rate of their plan, from PostgreSQL through the kernel and from SQLite through cells. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportResult } from '../../../src-main/app/export-result.ts';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { openPostgres, tableRead } from '../connectors/postgres/rig.ts';
import { newHome, type Home } from '../targets/rig.ts';
import { eventsOf, homeOn, runSample, samplePlan } from './rig.ts';

let database: TestDatabase<PostgresAddress>;

beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql(`
    create table first (id int primary key, name text);
    insert into first select n, 'name ' || n from generate_series(1, 600) n;
    create table second as select * from first`);
});
afterAll(() => database.drop());

const homeWithShop = (): Promise<Home> => homeOn(database);

function shopPlan(more: string, format = '{ type: csv }'): string {
  return `waybill: 1
name: slow
purpose: test
connection: shop
tables:
  - { table: public.first, columns: [id, name], orderBy: [id], masks: { name: { mask: partial, keepLast: 2 } } }
  - { table: public.second, columns: [id, name], orderBy: [id], masks: { name: { mask: partial, keepLast: 2 } } }
format: ${format}
${more}`;
}

async function timed(work: () => Promise<ExportResult>): Promise<{ ms: number; result: ExportResult }> {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}

function digestsOf({ tables }: ExportResult): string[] {
  return tables.flatMap(({ resources }) => resources.map(({ sha256 }) => sha256));
}

describe('a run with a limit', { timeout: 60_000 }, () => {
  it.each(['{ type: csv }', '{ type: ndjson }'])(
    'of rows takes at least its time, all tables together, and writes the same bytes (%s)',
    async (format) => {
      using home = await homeWithShop();
      const free = await timed(() => runSample(home, shopPlan('', format)));
      const slow = await timed(() => runSample(home, shopPlan('limits: { rowsPerSecond: 800 }\n', format)));
      expect(slow.result.state).toBe('succeeded');
      expect(slow.result.tables.map(({ verdict, writtenRows }) => [verdict, writtenRows])).toEqual([
        ['complete', 600],
        ['complete', 600],
      ]);
      // 1,200 rows at 800 a second.
      expect(slow.ms).toBeGreaterThanOrEqual(1400);
      expect(digestsOf(slow.result)).toEqual(digestsOf(free.result));
    },
  );

  it('of bytes takes at least its time', async () => {
    using home = await homeWithShop();
    const free = await runSample(home, shopPlan('limits: { rowsPerSecond: 0, bytesPerSecond: 0 }\n'));
    const bytes = free.tables.flatMap(({ resources }) => resources).reduce((sum, each) => sum + each.bytes, 0);
    const slow = await timed(() =>
      runSample(home, shopPlan(`limits: { bytesPerSecond: ${Math.ceil(bytes / 1.5)} }\n`)),
    );
    expect(slow.result.state).toBe('succeeded');
    expect(slow.ms).toBeGreaterThanOrEqual(1400);
    expect(digestsOf(slow.result)).toEqual(digestsOf(free));
  });

  it('holds for SQLite too, whatever masks append', async () => {
    using home = await newHome();
    const tables = `
  - table: main.customers
    limit: 100
    orderBy: [id]
    masks:
      email: { mask: pseudonym, class: person.email }
      full_name: { mask: redact }
      nickname: { mask: constant, value: "the same for all" }`;
    const free = await runSample(home, samplePlan('', tables));
    const slow = await timed(() => runSample(home, samplePlan('limits: { rowsPerSecond: 100 }\n', tables)));
    expect(slow.result.state).toBe('succeeded');
    expect(slow.ms).toBeGreaterThanOrEqual(900);
    expect(digestsOf(slow.result)).toEqual(digestsOf(free));
  });

  it('ends within a second when it is cancelled while it waits, on the server too', async () => {
    using home = await homeWithShop();
    const stop = new AbortController();
    let stoppedAt = 0;
    const result = await runSample(home, shopPlan('limits: { rowsPerSecond: 1 }\n'), {
      signal: stop.signal,
      onEvent: ({ type }) => {
        if (type !== 'table.started' || stoppedAt !== 0) return;
        setTimeout(() => {
          stoppedAt = performance.now();
          stop.abort();
        }, 300);
        stoppedAt = -1;
      },
    });
    expect(performance.now() - stoppedAt).toBeLessThan(1000);
    expect(result.state).toBe('cancelled');
    expect(eventsOf(home).map(({ type }) => type)).toContain('export.cancelled');
    const left = await database.sql(
      `select count(*) from pg_stat_activity where datname = '${database.name}' and application_name like 'waybill%' and state <> 'idle'`,
    );
    expect(left).toBe('0');
  });

  it('keeps its limits with the run', async () => {
    using home = await homeWithShop();
    const limits = 'limits: { rowsPerSecond: 100000, bytesPerSecond: 10MiB, lockTimeoutMs: 1500 }\n';
    const { run } = await runSample(home, shopPlan(limits));
    const compiled: unknown = JSON.parse(
      readFileSync(join(home.core.home.runsFolder, run, 'compiled-plan.json'), 'utf8'),
    );
    expect(compiled).toMatchObject({
      limits: { rowsPerSecond: 100_000, bytesPerSecond: 10_485_760, lockTimeoutMs: 1500 },
    });
  });
});

describe('a wire block in pieces', () => {
  it.each(['pg-copy-text', 'pg-copy-binary', false] as const)(
    'ends with the row that is enough (wire: %s)',
    async (wire) => {
      await using session = await openPostgres(database.server, database.name);
      const { signal } = new AbortController();
      const read = await tableRead(session, { namespace: 'public', name: 'first' });
      await using snapshot = await session.snapshot([read], signal);
      const sizes: number[] = [];
      for await (const batch of snapshot.read(read, { signal, wire, pieces: { rows: 50, bytes: Infinity } })) {
        sizes.push(batch.rows);
        expect(batch.cells === 0).toBe(wire !== false);
        batch.release();
      }
      expect(sizes).toEqual(Array.from({ length: 12 }, () => 50));
      let bytes = 0;
      for await (const batch of snapshot.read(read, { signal, wire, pieces: { rows: Infinity, bytes: 100 } })) {
        bytes = Math.max(bytes, batch.tail);
        batch.release();
      }
      expect(bytes).toBeLessThan(200);
    },
  );

  it('waits for a lock as long as it is told', async () => {
    await using session = await openPostgres(database.server, database.name, { lockTimeoutMs: 300 });
    const { signal } = new AbortController();
    const read = await tableRead(session, { namespace: 'public', name: 'second' });
    const held = database.sql('begin; lock table second in access exclusive mode; select pg_sleep(2); commit');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const began = performance.now();
    await expect(session.snapshot([read], signal)).rejects.toMatchObject({
      code: 'SOURCE/TIMEOUT',
      remedy: expect.stringContaining('limits.lockTimeoutMs') as string,
    });
    expect(performance.now() - began).toBeLessThan(1500);
    await held;
  });
});
