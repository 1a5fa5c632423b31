// Full disks through the command line. Where we may mount, they are real; the same faults come to everybody through a
// store that fails, in full-disk-injected.test.ts.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { canMount, DiskDesk } from './disk-desk.ts';
import { errorOf, type Desk } from './driver.ts';
import { readTree } from './read-tree.ts';
import type { LedgerList, RunResult, VerifyDocument } from './results.ts';

const HEAD = 'waybill: 1\nname: wide\npurpose: test\nconnection: shop\nformat: { type: csv }\ntables:\n';

describe.runIf(canMount())('a disk without room', () => {
  let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
  beforeAll(async () => {
    database = await newPostgresDatabase();
    await database.sql(`
        create table small (id bigint primary key);
        insert into small select generate_series(1, 100);
        create table large as select n as id, repeat('x', 300) as filling from generate_series(1, 50000) n;
        analyze large;
        create view wide as select n as id, repeat('x', 1000) as filling from generate_series(1, 100000) n;`);
  });
  afterAll(() => database.drop());

  async function deskWith(size: string): Promise<DiskDesk> {
    const desk = new DiskDesk(size);
    await desk.connect(database.server, database.name);
    desk.write(
      'wide.yaml',
      `${HEAD}  - { table: public.small, columns: [id] }\n  - { table: public.wide, columns: [id, filling] }\n`,
    );
    return desk;
  }

  it('for the package is said with 8 before a row is read, and no package appears', async () => {
    using desk = await deskWith('8m');
    const ended = await desk.run(['run', 'wide.yaml', '--accept-catalog', '--out', 'disk/out', '--json']);
    expect([ended.code, errorOf(ended)]).toEqual([
      8,
      expect.objectContaining({ code: 'SPOOL/DISK_FULL', remedy: expect.stringMatching(/--out/) as string }),
    ]);
    expect(errorOf(ended).message).toContain(` are free in ${join(desk.disk, 'out')}; `);
    expect(ended.json).toMatchObject({ state: 'failed', package: null, tables: [] });
    expect(readTree(join(desk.disk, 'out')).filter(({ kind }) => kind === 'file')).toEqual([]);
    await expectFailure(desk);
  });

  it('by the estimate alone is a warning, and the run goes on', async () => {
    using desk = await deskWith('44m');
    // A part of its rows would fit.
    desk.write('large.yaml', `${HEAD}  - { table: public.large, columns: [id, filling], limit: 10000 }\n`);
    const fits = await desk.run(['run', 'large.yaml', '--accept-catalog', '--out', 'disk/out', '--dry-run']);
    expect(fits.stderr).not.toContain('DISK_FULL');
    desk.write('large.yaml', `${HEAD}  - { table: public.large, columns: [id, filling] }\n`);
    for (const more of [['--dry-run'], []]) {
      const ended = await desk.run(['run', 'large.yaml', '--accept-catalog', '--out', 'disk/out', ...more]);
      const said = ended.stderr.replaceAll(/\s+/g, ' ');
      expect(ended.code).toBe(0);
      expect(said).toMatch(
        /warning SPOOL\/DISK_FULL: The package may not fit: about \d\d\.\d MiB are needed \(estimate\), 4\d\.\d MiB are free in \S+out\. → Free/,
      );
    }
  });

  it('in the middle of a table keeps the finished one, names nothing final that is not whole, and ends with 12', async () => {
    using desk = await deskWith('40m');
    const ended = await desk.run(['run', 'wide.yaml', '--accept-catalog', '--out', 'disk/out', '--json']);
    const result = ended.json as RunResult;
    expect([ended.code, result.state, errorOf(ended).code]).toEqual([12, 'partial', 'SPOOL/DISK_FULL']);
    expect(result.tables.map(({ verdict }) => verdict)).toEqual(['complete', 'incomplete']);
    expect(result.package).toBe(join(desk.disk, 'out', `wide-${result.run}.incomplete`));
    const { verdict, findings } = await desk.json<VerifyDocument>(['verify', result.package]);
    expect([verdict, findings.map(({ code }) => code)]).toEqual([
      'CONSISTENT, NOT ANCHORED',
      expect.arrayContaining(['PACKAGE_INCOMPLETE']),
    ]);
    expect(readTree(join(desk.disk, 'out')).map(({ path }) => path)).not.toContainEqual(
      expect.stringMatching(/wide\.csv/),
    );
  });

  it('in the middle of the only table ends with 8, no package, and a ledger that says failed', async () => {
    using desk = await deskWith('40m');
    desk.write('wide.yaml', `${HEAD}  - { table: public.wide, columns: [id, filling] }\n`);
    const ended = await desk.run(['run', 'wide.yaml', '--accept-catalog', '--out', 'disk/out', '--json']);
    expect([ended.code, errorOf(ended).code]).toEqual([8, 'SPOOL/DISK_FULL']);
    expect(ended.json).toMatchObject({ state: 'failed', package: null });
    expect(readdirSync(join(desk.disk, 'out')).filter((name) => !name.startsWith('.'))).toEqual([]);
    expect(readTree(join(desk.disk, 'out')).filter(({ path }) => path.endsWith('.csv'))).toEqual([]);
    await expectFailure(desk);
  });

  it('for the home is said with 8 before a row is read, and the home is whole when there is room again', async () => {
    using desk = await deskWith('16m');
    const at = ['--home', join(desk.disk, 'home')];
    const { host, port, user, password } = database.server;
    const where = ['--host', host, '--port', String(port), '--user', user, '--database', database.name];
    const add = ['connection', 'add', 'shop', '--connector', 'postgres', ...where, '--password-stdin', ...at];
    await desk.json(add, { stdin: `${password ?? ''}\n` });
    desk.write('small.yaml', `${HEAD}  - { table: public.small, columns: [id] }\n`);
    await desk.json(['plan', 'check', 'small.yaml', '--accept', ...at]);
    const run = ['run', 'small.yaml', ...at, '--out'];
    await desk.json([...run, 'first']);
    const before = await desk.json<LedgerList>(['ledger', 'list', ...at]);
    desk.fill();
    for (const args of [
      [...run, 'second'],
      ['key', 'add', 'k', ...at],
    ]) {
      const ended = await desk.run([...args, '--json']);
      expect([ended.code, errorOf(ended)]).toEqual([
        8,
        expect.objectContaining({ code: 'SPOOL/DISK_FULL', remedy: expect.stringMatching(/\S/) as string }),
      ]);
    }
    const written = existsSync(desk.path('second')) ? readTree(desk.path('second')) : [];
    expect(written.filter(({ kind }) => kind === 'file')).toEqual([]);
    expect(await desk.json<LedgerList>(['ledger', 'list', ...at])).toEqual(before);
    expect((await desk.json<{ runs: unknown[] }>(['runs', ...at])).runs).toHaveLength(1);
    desk.empty();
    expect(await desk.json([...run, 'third'])).toMatchObject({ state: 'succeeded' });
    await desk.json(['key', 'add', 'k', ...at]);
    const [id = ''] = readdirSync(join(desk.disk, 'home', 'ledger')).filter((name) => /^[0-9a-f]{8}$/.test(name));
    const { verdict } = await desk.json<VerifyDocument>(['verify', join(desk.disk, 'home', 'ledger', id), ...at]);
    expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
  });

  it('for a home that is to be made is said with 8', async () => {
    using desk = await deskWith('1m');
    desk.fill();
    const ended = await desk.run(['connection', 'list', '--json', '--home', join(desk.disk, 'home')]);
    expect([ended.code, errorOf(ended).code]).toEqual([8, 'SPOOL/DISK_FULL']);
  });

  it('for the sample database is said with 8, leaves no draft, and the next start makes it', async () => {
    using desk = await deskWith('2m');
    const home = join(desk.disk, 'home');
    for (let twice = 0; twice < 2; twice++) {
      const ended = await desk.run(['connection', 'list', '--json', '--home', home]);
      expect([ended.code, errorOf(ended)]).toEqual([
        8,
        expect.objectContaining({ code: 'SPOOL/DISK_FULL', message: expect.stringContaining('shop.db') as string }),
      ]);
      expect(readTree(home).filter(({ path }) => path.startsWith('sample'))).toEqual([]);
    }
    execFileSync('mount', ['-o', 'remount,size=64m', desk.disk]);
    expect(await desk.json(['connection', 'test', 'sample', '--home', home])).toMatchObject({ connection: 'sample' });
    expect(readdirSync(join(home, 'sample'))).toEqual(['shop.db']);
  });
});

async function expectFailure(desk: Desk): Promise<void> {
  const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
  expect(entries.map(({ type }) => type)).toEqual(['ledger.created', 'export.started', 'export.failed']);
  expect(await desk.json(['runs'])).toMatchObject({ runs: [{ state: 'failed', package: null }] });
  expect((await desk.json<VerifyDocument>(['verify', desk.ledger()])).verdict).toBe('CONSISTENT, NOT ANCHORED');
}
