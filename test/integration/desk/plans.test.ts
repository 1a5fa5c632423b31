import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { PlanState } from '../../../src-shared/contract/plans.ts';
import { listEntries, showEntry } from '../../../src-main/app/ledger-entries.ts';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { waitUntil } from '../../servers/wait-until.ts';
import { compiledOf, errorOf, type OpenDesk, openDesk } from './open-desk.ts';

const PASSPHRASE = 'correct horse battery';
const CUSTOMERS = { namespace: 'main', name: 'customers' };

async function firstPlan({ core }: OpenDesk): Promise<PlanState> {
  const [first] = await core.plans.list();
  return core.plans.open({ path: first?.path ?? '' });
}

async function previewsIn({ desk }: OpenDesk): Promise<{ table: unknown; originals: unknown }[]> {
  const { entries } = await listEntries(desk.verifier);
  const found = entries.filter(({ type }) => type === 'data.previewed');
  return Promise.all(
    found.map(async ({ seq }) => {
      const { entry } = await showEntry(desk.verifier, { seq });
      const { data } = entry as { data: { table: unknown; originals: unknown } };
      return { table: data.table, originals: data.originals };
    }),
  );
}

describe('a home that is new', () => {
  it('holds a plan half made: four tables, two columns to decide about', async () => {
    const at = await openDesk();
    const plan = await firstPlan(at);
    const compiled = await compiledOf(at.core, plan.path);
    expect(compiled).toMatchObject({ ok: true, digest: plan.digest, catalog: { state: 'unsigned' } });
    expect(compiled.summary).toMatchObject({ tables: 4, masked: 2, suspectedUnmasked: 2 });
    const columns = await at.core.plans.columns({ path: plan.path, telling: true });
    expect(
      columns.flatMap(({ name, columns: all }) =>
        all.map((column) => `${name}.${column.name} ${column.mask?.mask ?? '-'}`),
      ),
    ).toEqual([
      'main.customers.email -',
      'main.customers.full_name redact',
      'main.customers.phone -',
      'main.payments.iban partial',
    ]);
  });

  it('gets it once: what is thrown away stays away', async () => {
    const at = await openDesk();
    const plan = await firstPlan(at);
    await at.core.plans.forget({ path: plan.path });
    expect(await at.core.plans.list()).toEqual([]);
    const again = await openDesk({ home: at.home });
    expect(await again.core.plans.list()).toEqual([]);
  });
});

describe('an edit', () => {
  it('changes its line and nothing else, and gives the bytes back when it is taken back', async () => {
    const { core, ...at } = await openDesk();
    const plan = await firstPlan({ core, ...at });
    const tick = (base: string, chosen: boolean): Promise<PlanState> =>
      core.plans.edit({ path: plan.path, base, edits: [{ kind: 'table', table: CUSTOMERS, chosen }] });
    const without = await tick(plan.digest, false);
    expect(without.plan?.tables).toHaveLength(3);
    expect(await readFile(plan.path, 'utf8')).toBe(without.text);
    const back = await tick(without.digest, true);
    expect(back.text).toBe(plan.text);
    expect(back.digest).toBe(plan.digest);
  });

  it('adds a table with the columns that can be carried', async () => {
    const { core, ...at } = await openDesk();
    const plan = await firstPlan({ core, ...at });
    const products = { namespace: 'main', name: 'products' };
    const more = await core.plans.edit({
      path: plan.path,
      base: plan.digest,
      edits: [{ kind: 'table', table: products, chosen: true }],
    });
    expect(more.text).toContain('  - table: main.products\n    columns:\n      - id\n      - sku\n');
    expect((await compiledOf(core, plan.path)).summary.tables).toBe(5);
  });

  it('on a text that changed outside is refused, and nothing is overwritten', async () => {
    const { core, ...at } = await openDesk();
    const plan = await firstPlan({ core, ...at });
    const theirs = plan.text.replace('Try-out', 'CHG-1');
    await writeFile(plan.path, theirs);
    const purpose = { kind: 'purpose', purpose: 'mine' } as const;
    const error = await errorOf(core.plans.edit({ path: plan.path, base: plan.digest, edits: [purpose] }));
    expect(error.code).toBe('PLAN/CHANGED_OUTSIDE');
    expect(await readFile(plan.path, 'utf8')).toBe(theirs);
    expect((await errorOf(core.plans.write({ path: plan.path, base: plan.digest, text: 'x' }))).code).toBe(error.code);
    const fresh = await core.plans.open({ path: plan.path });
    expect((await core.plans.edit({ path: plan.path, base: fresh.digest, edits: [purpose] })).plan?.purpose).toBe(
      'mine',
    );
  });

  it('gives its own text, although another program wrote in the very next moment', async () => {
    const { core, desk, ...at } = await openDesk();
    const plan = await firstPlan({ core, desk, ...at });
    const { store } = desk.core;
    const replace = store.replace.bind(store);
    vi.spyOn(store, 'replace').mockImplementationOnce(async (path, bytes) => {
      await replace(path, bytes);
      await writeFile(path, `${plan.text}# theirs\n`);
    });
    const edited = await core.plans.edit({
      ...{ path: plan.path, base: plan.digest },
      edits: [{ kind: 'purpose', purpose: 'ours' }],
    });
    expect(edited.text).not.toContain('# theirs');
    expect(edited.plan?.purpose).toBe('ours');
    // What is theirs is still theirs: the next change on our text is refused.
    const next = core.plans.edit({
      ...{ path: plan.path, base: edited.digest },
      edits: [{ kind: 'purpose', purpose: 'ours again' }],
    });
    expect((await errorOf(next)).code).toBe('PLAN/CHANGED_OUTSIDE');
  });

  it('works on a plan whose purpose is not said yet, which compiles and says so', async () => {
    const { core, folder } = await openDesk({ passphrase: PASSPHRASE });
    const path = join(folder, 'new.plan.yaml');
    const made = await core.plans.create({ connection: 'sample', name: 'new', tables: [['main', 'products']], path });
    expect(made.plan).toMatchObject({ name: 'new', purpose: '' });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const compiled = await compiledOf(core, path);
    expect(compiled.ok).toBe(false);
    expect(compiled.findings).toEqual([expect.objectContaining({ code: 'PLAN/INVALID', line: 3 })]);
    const shown = await core.plans.preview({ path, table: 'main.products', rows: 3, originals: false });
    expect(shown.rows).toHaveLength(3);
    expect(shown.columns[0]).toMatchObject({ name: 'id', kind: 'number', mask: null });
    expect((await errorOf(core.plans.create({ connection: 'sample', name: 'new', tables: [], path }))).code).toBe(
      'PLAN/EXISTS',
    );
  });
});

describe('watching a plan', () => {
  it('tells of what another program writes', async () => {
    const { core, ...at } = await openDesk();
    const plan = await firstPlan({ core, ...at });
    const controller = new AbortController();
    const seen: string[] = [];
    const follow = async (): Promise<void> => {
      const stream = await core.plans.watch({ path: plan.path }, { signal: controller.signal });
      for await (const state of stream) seen.push(state.text);
    };
    const followed = follow();
    await waitUntil(() => seen.length > 0, AbortSignal.timeout(10_000));
    await writeFile(plan.path, `${plan.text}# theirs\n`);
    await waitUntil(() => seen.at(-1)?.endsWith('# theirs\n') === true, AbortSignal.timeout(10_000));
    controller.abort();
    await followed.catch(() => undefined);
  });
});

describe('looking at rows', () => {
  it('is recorded once for each opening, and each time that originals are switched on', async () => {
    const at = await openDesk({ passphrase: PASSPHRASE });
    const plan = await firstPlan(at);
    const look = (originals: boolean) =>
      at.core.plans.preview({ path: plan.path, table: 'main.customers', rows: 5, originals });
    const masked = await look(false);
    expect(masked.originals).toBeUndefined();
    await look(false);
    const both = await look(true);
    expect(both.originals?.[0]?.[3]).toBe('Quote " and \' and , comma');
    expect(both.rows[0]?.[3]).toBe('REDACTED');
    await look(true);
    await look(false);
    await look(true);
    const customers = 'main.customers';
    const expected = [false, true, true].map((originals) => ({ table: customers, originals }));
    expect(await previewsIn(at)).toEqual(expected);
    await at.core.plans.open({ path: plan.path });
    await look(false);
    expect(await previewsIn(at)).toHaveLength(4);
  });

  it('is told to whoever shows how many entries the ledger has', async () => {
    const at = await openDesk({ passphrase: PASSPHRASE });
    const plan = await firstPlan(at);
    const status = (await at.core.app.status())[Symbol.asyncIterator]();
    try {
      expect((await status.next()).value).toMatchObject({ ledger: { state: 'absent' } });
      await at.core.plans.preview({ path: plan.path, table: 'main.customers', rows: 5, originals: false });
      expect((await status.next()).value).toMatchObject({ ledger: { state: 'holds', size: 2 } });
    } finally {
      await status.return?.(undefined);
    }
  });

  it('shows the first lines of a file as they will be written', async () => {
    const at = await openDesk({ passphrase: PASSPHRASE });
    const plan = await firstPlan(at);
    const sample = await at.core.plans.sample({ path: plan.path, table: 'main.order_lines', rows: 2 });
    expect(sample).toMatchObject({ file: 'data/main.order_lines.csv', encoding: 'utf-8' });
    expect(sample.text.split('\r\n').slice(0, 1)).toEqual(['order_id,line_no,product_id,quantity,unit_price']);
    expect(sample.text.split('\r\n')).toHaveLength(4);
  });

  it('counts exactly what the filter leaves', async () => {
    const at = await openDesk();
    const plan = await firstPlan(at);
    const [orders] = await at.core.plans.count({ path: plan.path, tables: ['main.orders'], exact: true });
    expect(orders).toMatchObject({ name: 'main.orders', kind: 'exact' });
    expect(orders?.rows).toBeGreaterThan(0);
    const all = await at.core.plans.count({ path: plan.path, exact: true });
    expect(all).toHaveLength(4);
  });
});

describe('sessions', () => {
  it('are kept for the next look, in no transaction, and are not handed out after a failure', async () => {
    const database = await newPostgresDatabase();
    try {
      await database.sql(
        'create table people (id integer primary key, email text); insert into people values (1, $$a$$)',
      );
      const { core, desk, folder } = await openDesk({ passphrase: PASSPHRASE });
      const { host, port, user, password } = database.server;
      await core.connections.add({
        name: 'pg',
        connector: 'postgres',
        options: { host, port, user, database: database.name, tls: 'disable' },
        production: false,
        color: 'blue',
        password,
      });
      const path = join(folder, 'pg.plan.yaml');
      await core.plans.create({ connection: 'pg', name: 'pg', tables: [['public', 'people']], path });
      const look = () => core.plans.preview({ path, table: 'public.people', rows: 5, originals: false });
      await look();
      await look();
      expect(desk.sessions.waiting).toBe(1);
      const open = `select count(*) from pg_stat_activity where application_name like 'waybill%' and datname = current_database()`;
      expect(Number(await database.sql(open))).toBe(1);
      expect(Number(await database.sql(`${open} and xact_start is not null`))).toBe(0);
      const { digest } = await core.plans.open({ path });
      const entry = { namespace: 'public', name: 'people' };
      await core.plans.edit({ path, base: digest, edits: [{ kind: 'where', entry, where: 'id / 0 = 1' }] });
      expect((await errorOf(look())).code).toMatch(/^SOURCE|^PLAN/);
      expect(desk.sessions.waiting).toBe(0);
    } finally {
      await database.drop();
    }
  });
});
