import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProxy } from '../../servers/silent-proxy.ts';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { waitUntil } from '../../servers/wait-until.ts';
import { Desk, errorOf, type Started } from './driver.ts';
import { readTree } from './read-tree.ts';
import type { LedgerList, RunResult, VerifyDocument } from './results.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;

beforeAll(async () => {
  database = await newPostgresDatabase();
  // The view is fast enough to fill the pipe and slow enough never to end within a test; a series in FROM would be built first.
  await database.sql(`
    create table quick (id bigint primary key);
    insert into quick select generate_series(1, 100);
    create view endless as
      select n as id, repeat('x', 1000) as filling, case when n % 200 = 0 then pg_sleep(0.05)::text end as pause
      from (select generate_series(1, 100000000) as n) streamed;`);
});
afterAll(() => database.drop());

interface Running extends AsyncDisposable {
  readonly desk: Desk;
  readonly run: Started;
}

/** A run whose first table is done and whose second one is being read and written. */
async function running(more: { readonly port?: number } = {}): Promise<Running> {
  const desk = new Desk();
  await desk.connect(database.server, database.name, more);
  desk.write(
    'plan.yaml',
    `waybill: 1
name: slow
purpose: test
connection: shop
tables:
  - { table: public.quick, columns: [id] }
  - { table: public.endless, columns: [id, filling, pause] }
format: { type: csv }
`,
  );
  const args = ['run', 'plan.yaml', '--accept-catalog', '--out', 'out', '--progress', 'json', '--json'];
  const run = desk.start(args);
  await run.says('"type":"table.progress","table":"public.endless"');
  return {
    desk,
    run,
    async [Symbol.asyncDispose]() {
      run.child.kill('SIGKILL');
      await run.ended;
      desk[Symbol.dispose]();
    },
  };
}

/** Sends a signal and tells how the process ended and how long it took. */
async function signalled(run: Started, signal: NodeJS.Signals): Promise<{ ms: number; code: number | null }> {
  const began = performance.now();
  run.child.kill(signal);
  const { code } = await run.ended;
  return { code, ms: performance.now() - began };
}

function sessionsReading(): Promise<string> {
  return database.sql(
    `select count(*) from pg_stat_activity where datname = '${database.name}' and application_name like 'waybill%'`,
  );
}

describe('a run that is killed', () => {
  it('is interrupted at the next start, with an intact ledger that says so and no half file under a final name', async () => {
    await using started = await running();
    const { desk, run } = started;
    run.child.kill('SIGKILL');
    await run.ended;
    const { runs } = await desk.json<{ runs: { run: string; state: string }[] }>(['runs']);
    expect(runs).toMatchObject([{ state: 'interrupted', package: null }]);

    const told = await desk.json<LedgerList>(['ledger', 'list']);
    expect(told.entries.map(({ type }) => type)).toEqual(['ledger.created', 'export.started', 'export.interrupted']);

    const files = readTree(desk.path('out')).filter(({ kind }) => kind === 'file');
    expect(readdirSync(desk.path('out'))).toEqual([expect.stringMatching(/^\.slow-.*\.partial$/)]);
    const final = files.filter(({ path }) => !path.endsWith('.partial'));
    expect(final.map(({ path }) => path)).toEqual([expect.stringMatching(/public\.quick\.csv$/)]);
    expect(final[0]?.bytes.toString('utf8').trimEnd().split('\r\n')).toHaveLength(101);
    for (const { path, mode } of readTree(desk.path('out', readdirSync(desk.path('out'))[0] ?? '')))
      expect([path, mode]).toEqual([path, expect.stringMatching(/^[67]00$/)]);

    await desk.json(['key', 'add', 'next']);
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.map(({ type }) => type)).toEqual([
      ...['ledger.created', 'export.started', 'export.interrupted', 'pseudonymkey.created'],
    ]);
    const ledger = await desk.json<VerifyDocument>(['verify', desk.ledger()]);
    expect(ledger.verdict).toBe('CONSISTENT, NOT ANCHORED');
    await desk.json(['key', 'add', 'and-next']);
    const again = await desk.json<LedgerList>(['ledger', 'list']);
    expect(again.entries.filter(({ type }) => type === 'export.interrupted')).toHaveLength(1);
    const shown = await desk.json(['runs', 'show', runs[0]?.run ?? '']);
    expect(shown).toMatchObject({ state: 'interrupted', ended: expect.stringMatching(/^\d{4}-/) as string });
  });

  it('is told of by the next run, once', async () => {
    await using started = await running();
    const { desk, run } = started;
    run.child.kill('SIGKILL');
    await run.ended;
    const again = ['run', 'plan.yaml', '--accept-catalog', '--only', 'public.quick', '--out', 'out'];
    const next = await desk.run(again);
    expect([next.code, next.stderr]).toEqual([
      0,
      expect.stringMatching(
        /^An earlier run of slow was interrupted: its process died\. To go on with it: waybill resume [0-9A-Z]{26}$/m,
      ),
    ]);
    expect((await desk.run(again)).stderr).not.toContain('interrupted');
  });

  it('is shown as interrupted beside a locked vault, and written down by the next command that opens it', async () => {
    await using started = await running();
    const { desk, run } = started;
    run.child.kill('SIGKILL');
    await run.ended;
    const types = async () => (await desk.json<LedgerList>(['ledger', 'list'])).entries.map(({ type }) => type);
    const locked = { env: { WAYBILL_PASSPHRASE: undefined } };
    const listed = await desk.run(['runs', '--json'], locked);
    expect([listed.code, listed.json]).toEqual([0, { runs: [expect.objectContaining({ state: 'interrupted' })] }]);
    expect(listed.stderr).toBe(
      'The ledger does not say yet that a run was interrupted. Its vault needs a passphrase. The next command that opens it writes it down.\n',
    );
    expect(await types()).not.toContain('export.interrupted');
    const { runs } = listed.json as { runs: { run: string }[] };
    expect((await desk.run(['runs', 'show', runs[0]?.run ?? '', '--quiet'], locked)).stderr).toBe('');
    expect(await desk.json(['runs', 'show', runs[0]?.run ?? ''])).toMatchObject({
      state: 'interrupted',
      ended: expect.any(String) as string,
    });
    expect((await types()).filter((type) => type === 'export.interrupted')).toHaveLength(1);
    expect((await desk.run(['runs'], locked)).stderr).toBe('');
  });

  it('is not called interrupted by another process while it lives', async () => {
    await using started = await running();
    const { desk } = started;
    expect(await desk.json(['runs'])).toMatchObject({ runs: [{ state: 'running' }] });
    await desk.json(['key', 'add', 'beside']);
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.map(({ type }) => type)).not.toContain('export.interrupted');
  });
});

describe('a run killed at any moment', () => {
  it('leaves a ledger that verifies and only packages that are whole', { timeout: 120_000 }, async () => {
    using desk = new Desk();
    await desk.connect(database.server, database.name);
    const head = 'waybill: 1\nname: brief\npurpose: test\nconnection: shop\nformat: { type: csv }\n';
    desk.write('brief.yaml', `${head}tables:\n  - { table: public.quick, columns: [id] }\n`);
    const args = ['run', 'brief.yaml', '--accept-catalog', '--out', 'brief'];
    const began = performance.now();
    await desk.json(args);
    const whole = performance.now() - began;
    const shares = [0.35, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1];
    for (const share of shares) {
      const { child, ended } = desk.start(args);
      const timer = setTimeout(() => child.kill('SIGKILL'), whole * share);
      await ended;
      clearTimeout(timer);
    }
    await desk.json(['key', 'add', 'after']);
    const final = readdirSync(desk.path('brief')).filter((name) => !name.startsWith('.'));
    expect(final.length).toBeGreaterThan(0);
    for (const name of final) {
      const { verdict } = await desk.json<VerifyDocument>(['verify', desk.path('brief', name)]);
      expect([name, verdict]).toEqual([name, 'CONSISTENT, NOT ANCHORED']);
    }
    const ledger = await desk.json<VerifyDocument>(['verify', desk.ledger()]);
    expect(ledger.verdict).toBe('CONSISTENT, NOT ANCHORED');
    const { runs } = await desk.json<{ runs: { state: string }[] }>(['runs']);
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    const interrupted = runs.filter(({ state }) => state === 'interrupted').length;
    expect(runs.every(({ state }) => state === 'interrupted' || state === 'succeeded')).toBe(true);
    expect(entries.filter(({ type }) => type === 'export.interrupted')).toHaveLength(interrupted);
  });
});

describe('Ctrl+C', () => {
  it('ends a run within a second with 130, and ledger, record and server know', async () => {
    await using started = await running();
    const { desk, run } = started;
    const { ms, code } = await signalled(run, 'SIGINT');
    expect(code).toBe(130);
    expect(ms).toBeLessThan(1000);
    const ended = await run.ended;
    expect(ended.json).toMatchObject({ state: 'cancelled', error: { code: 'RUN/CANCELLED' } });
    const result = ended.json as RunResult;
    expect(result.tables.map(({ verdict }) => verdict)).toEqual(['complete', 'incomplete']);
    expect(result.package).toBe(desk.path('out', `slow-${result.run}.incomplete`));
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.at(-1)?.type).toBe('export.cancelled');
    expect(await desk.json(['runs'])).toMatchObject({ runs: [{ state: 'cancelled' }] });
    await waitUntil(async () => (await sessionsReading()) === '0', AbortSignal.timeout(5000));
  });

  it('is one Ctrl+C when the terminal and a parent both send it', async () => {
    await using started = await running();
    started.run.child.kill('SIGINT');
    const { code } = await signalled(started.run, 'SIGINT');
    expect(code).toBe(130);
    expect((await started.run.ended).json).toMatchObject({ state: 'cancelled' });
  });

  it('ends a run within a second beside a wire that went silent', async () => {
    const proxy = await startProxy(database.server);
    try {
      await using started = await running({ port: proxy.port });
      proxy.goSilent();
      const { ms, code } = await signalled(started.run, 'SIGINT');
      expect(code).toBe(130);
      expect(ms).toBeLessThan(1000);
      expect((await started.run.ended).json).toMatchObject({ state: 'cancelled' });
      expect((await started.desk.json<VerifyDocument>(['verify', started.desk.ledger()])).verdict).not.toBe('BROKEN');
    } finally {
      proxy.close();
    }
  });

  it('ends the attempt to connect within a second when nobody answers', async () => {
    const proxy = await startProxy(database.server);
    using desk = new Desk();
    try {
      await desk.connect(database.server, database.name, { port: proxy.port });
      proxy.goSilent();
      const test = desk.start(['connection', 'test', 'shop', '--json']);
      await proxy.met();
      const { ms, code } = await signalled(test, 'SIGINT');
      expect([code, errorOf(await test.ended).code]).toEqual([130, 'RUN/CANCELLED']);
      expect(ms).toBeLessThan(1000);
    } finally {
      proxy.close();
    }
  });

  it('ends an exact count within a second', async () => {
    using desk = new Desk();
    await desk.connect(database.server, database.name);
    const head = 'waybill: 1\nname: slow\npurpose: test\nconnection: shop\nformat: { type: csv }\n';
    desk.write(
      'count.yaml',
      `${head}tables:\n  - { table: public.endless, columns: [id], where: "pg_sleep(1) is not null" }\n`,
    );
    const count = desk.start(['count', 'count.yaml', '--exact', '--json']);
    await waitUntil(
      async () => (await database.sql("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")) !== '0',
      AbortSignal.timeout(20_000),
    );
    const { ms, code } = await signalled(count, 'SIGINT');
    expect([code, errorOf(await count.ended).code]).toEqual([130, 'RUN/CANCELLED']);
    expect(ms).toBeLessThan(1000);
  });
});
