import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import { compiledOf, type OpenDesk, openDesk } from './open-desk.ts';

const PASSPHRASE = 'correct horse battery';

describe('the review of the sample plan', () => {
  it('says everything that a run will do', async () => {
    const { core, folder, home } = await openDesk();
    const path = (await core.plans.list())[0]?.path ?? '';
    const { digest } = await core.plans.open({ path });
    const review = await core.plans.review({ path });
    expect(review).toMatchObject({ digest, catalog: { state: 'unsigned' } });
    expect(review.needs).toEqual({ confirm: null, acceptCatalog: false });
    expect(review.tables[1]?.sql).toContain("ordered_at >= '2024-01-01'");
    expect(review.files).toContain('data/main.customers.csv');
    expect(review.findings.map(({ field, line }) => [field, typeof line])).toEqual([
      ['email', 'number'],
      ['phone', 'number'],
    ]);
    const out = join(folder, 'out of here');
    const destination = await core.plans.destination({ path, folder: out, acceptCatalog: false, packageBytes: null });
    expect(destination).toMatchObject({ folder: out, command: `waybill run ${path} --out '${out}' --home ${home}` });
    expect(destination.freeBytes).toBeGreaterThan(0);
  });

  it('that nobody waits for any more takes no other question with it', async () => {
    const { core } = await openDesk();
    const path = (await core.plans.list())[0]?.path ?? '';
    const left = new AbortController();
    const review = core.plans.review({ path }, { signal: left.signal });
    // The catalog is being read for both now.
    await new Promise((resolve) => setTimeout(resolve, 1));
    const compiled = compiledOf(core, path);
    left.abort();
    await expect(review).rejects.toBeDefined();
    expect((await compiled).ok).toBe(true);
  });
});

describe('a review at a server', () => {
  let database: TestDatabase<PostgresAddress>;
  let at: OpenDesk;
  let path: string;
  const write = (tables: string): Promise<void> =>
    writeFile(
      path,
      `waybill: 1\nname: crm\npurpose: CHG-1\nconnection: shop\ntables:\n${tables}\nformat: { type: csv }\n`,
    );

  beforeAll(async () => {
    database = await newPostgresDatabase();
    await database.sql('create table people (id integer primary key, age integer); create table orders (id integer)');
  });
  afterAll(() => database.drop());

  async function open(production = false): Promise<void> {
    at = await openDesk({ passphrase: PASSPHRASE });
    path = join(at.folder, 'crm.plan.yaml');
    const { host, port, user, password } = database.server;
    await at.core.connections.add({
      ...{ name: 'shop', connector: 'postgres', production, color: 'red', password },
      options: { host, port, user, database: database.name, tls: 'disable' },
    });
  }

  it('asks the server about each statement and the home about the key, with the place in the file', async () => {
    await open();
    await write(
      '  - { table: public.people, columns: [id], where: "agee > 3" }\n' +
        '  - { table: public.orders, columns: [id], where: "id > 0" }',
    );
    expect((await compiledOf(at.core, path)).ok).toBe(true);
    const { findings } = await at.core.plans.review({ path });
    expect(findings).toEqual([expect.objectContaining({ severity: 'error', line: 6, table: 'public.people' })]);
    expect(findings[0]?.message).toContain('agee');
  });

  it('says what the plan writes and delivers also while an error keeps it from being compiled', async () => {
    await open();
    await write(
      '  - { table: public.people, columns: [id] }\ndeliver: [{ target: nowhere, path: in }]\npackage: { compress: gzip, encrypt: { openpgp: { recipients: [partner.asc] } } }',
    );
    const review = await at.core.plans.review({ path });
    expect(review.findings.map(({ severity }) => severity)).toContain('error');
    expect(review).toMatchObject({ tables: [], limits: null, deliveries: [{ target: 'nowhere', path: 'in' }] });
    expect(review.files).toContain('data/public.people.csv.gz');
  });

  it('wants the name of a production connection, and a catalog signed off that is taken as it is', async () => {
    await open(true);
    await write('  - { table: "public.pe*" }');
    const review = await at.core.plans.review({ path });
    expect(review.needs).toEqual({ confirm: 'shop', acceptCatalog: true });
    expect(review.tables.map(({ name }) => name)).toEqual(['public.people']);
    const { command } = await at.core.plans.destination({
      path,
      folder: '/packages',
      acceptCatalog: true,
      packageBytes: null,
    });
    expect(command).toBe(`waybill run ${path} --out /packages --accept-catalog --confirm shop --home ${at.home}`);
  });

  it('warns of a folder whose volume may be too small for what statistics expect, and of no other', async () => {
    await open();
    await database.sql(
      "create table wide as select repeat('x', 500) as note from generate_series(1, 2000); analyze wide",
    );
    await write('  - { table: public.wide }');
    const { packageBytes } = await at.core.plans.review({ path });
    expect(packageBytes).toBeGreaterThan(1024 * 1024);
    const wish = { path, folder: '/packages', acceptCatalog: true, packageBytes };
    const free = vi.spyOn(at.desk.core.store.read, 'freeBytes').mockResolvedValue(32 * 1024 * 1024);
    expect((await at.core.plans.destination(wish)).findings).toEqual([
      {
        ...{ severity: 'warning', code: 'SPOOL/DISK_FULL', remedy: expect.stringMatching(/^Free/) as string },
        message: expect.stringMatching(
          /about 33\.\d MiB are needed \(estimate\), 32\.0 MiB are free in \/packages/,
        ) as string,
      },
    ]);
    expect((await at.core.plans.destination({ ...wish, packageBytes: null })).findings).toEqual([]);
    free.mockResolvedValue(64 * 1024 * 1024);
    expect((await at.core.plans.destination(wish)).findings).toEqual([]);
  });

  it('sees the catalog of now, and the difference can be signed off', async () => {
    await open();
    await write('  - { table: public.people }');
    const { digest } = await at.core.plans.open({ path });
    await at.core.plans.accept({ path, base: digest });
    expect((await at.core.plans.review({ path })).catalog.state).toBe('accepted');
    await database.sql('alter table people add column note text');
    const drifted = await at.core.plans.review({ path });
    expect(drifted.catalog.state).toBe('drifted');
    expect(drifted.catalog.drift.join(' ')).toContain('note');
    expect(drifted.findings.map(({ code }) => code)).toContain('PLAN/STALE');
    await at.core.plans.accept({ path, base: drifted.digest });
    expect((await at.core.plans.review({ path })).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
