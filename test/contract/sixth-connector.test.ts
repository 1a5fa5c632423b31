// What a sixth product takes: a folder (test/fakes/sixth-connector), and one line in the registry. Nothing else of Waybill is changed
// for it, and every command knows it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as Registry from '../../src-main/connectors/registry.ts';
import { CliDesk } from '../fakes/cli-desk.ts';
import { dataOf } from '../e2e/cli/package-data.ts';
import type { PreviewResult, RunResult, VerifyDocument } from '../e2e/cli/results.ts';

vi.mock('../../src-main/connectors/registry.ts', async (original) => {
  const registry = await original<typeof Registry>();
  const { tabFolder } = await import('../fakes/sixth-connector/index.ts');
  const connectors = [...registry.connectors, tabFolder];
  // What the registry makes of its list.
  const csvProfiles = new Map(connectors.map(({ csvProfile }) => [csvProfile.id, csvProfile]));
  return { ...registry, connectors, csvProfiles };
});

describe('a sixth connector', { timeout: 60_000 }, () => {
  let desk: CliDesk;
  beforeAll(() => {
    desk = new CliDesk();
    mkdirSync(desk.path('shop'));
    writeFileSync(desk.path('shop', 'people.tab'), 'id\temail\n1\tann@example.net\n2\t-\n');
    writeFileSync(desk.path('shop', 'orders.tab'), 'id\tperson\n7\t1\n8\t1\n9\t2\n');
  });
  afterAll(() => desk[Symbol.dispose]());

  it('is in the help with its flags, is saved and tested', async () => {
    const help = await desk.run(['connection', 'add', '--help']);
    expect(help.stdout).toContain('--folder');
    await desk.json(['connection', 'add', 'files', '--connector', 'tab-folder', '--folder', desk.path('shop')]);
    expect(await desk.json(['connection', 'test', 'files'])).toMatchObject({ product: 'Tabbed files' });
    const catalog = await desk.json<{ namespaces: readonly { tables: readonly { name: string }[] }[] }>([
      'catalog',
      'files',
    ]);
    expect(catalog.namespaces[0]?.tables.map(({ name }) => name)).toEqual(['orders', 'people']);
  });

  it('is previewed, masked, run, read back and verified', async () => {
    desk.write(
      'files.plan.yaml',
      `waybill: 1
name: files
purpose: a sixth product
connection: files
tables:
  - table: files.people
    masks: { email: { mask: redact } }
  - table: files.orders
format: { type: csv, profile: tab-folder }
`,
    );
    await desk.json(['plan', 'check', 'files.plan.yaml', '--accept']);
    const preview = await desk.json<PreviewResult>(['preview', 'files.plan.yaml', '--rows', '1']);
    expect(preview.tables.map(({ rows }) => rows.length)).toEqual([1, 1]);
    const run = await desk.json<RunResult>(['run', 'files.plan.yaml', '--out', 'out']);
    expect(run.tables.map(({ sourceRows, rereadRows, verdict }) => [sourceRows, rereadRows, verdict])).toEqual([
      [2, 2, 'complete'],
      [3, 3, 'complete'],
    ]);
    const data = dataOf(run);
    expect(data['files.orders.csv']).toBe('id\tperson\n7\t1\n8\t1\n9\t2\n');
    expect(data['files.people.csv']).not.toContain('ann@');
    expect((await desk.json<VerifyDocument>(['verify', run.package])).verdict).toBe('CONSISTENT, NOT ANCHORED');
  });

  it('refuses what it has not, at its place in the plan', async () => {
    desk.write(
      'asks.plan.yaml',
      `waybill: 1\nname: a\npurpose: b\nconnection: files\ntables:\n  - table: files.orders\n    where: "id > 7"\nformat: { type: csv }\n`,
    );
    const { code, stdout } = await desk.run(['plan', 'check', 'asks.plan.yaml', '--accept', '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { findings: [{ code: 'PLAN/SQL_REFUSED', line: 7 }] }]);
  });
});
