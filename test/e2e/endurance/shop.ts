// What the tests of this folder read: a table in many parts by its key, one in a single part, and one without a key.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Desk, type Login } from '../cli/driver.ts';
import { runInProcess } from '../cli/in-process.ts';
import type { LedgerList, RunResult, VerifyDocument } from '../cli/results.ts';

export const ROWS = 2500;
const PART = 250;

/** A product that can be read by several connections at one point in time, or by one. */
export type Product = 'postgres' | 'mysql';

export const PRODUCTS = ['postgres', 'mysql'] as const satisfies readonly Product[];

/** The readers that a run of a product may have. */
export const READERS: Readonly<Record<Product, readonly number[]>> = { postgres: [1, 3], mysql: [1] };

/** A database with the tables in it. */
export interface Shop {
  readonly product: Product;
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string | null;
  };
  readonly name: string;
}

export const FILLED: Readonly<Record<Product, string>> = {
  postgres: `
    create table small (id int primary key, name text);
    insert into small select n, 'small ' || n from generate_series(1, 50) n;
    create table big (tenant int, id bigint, email text, filling text, primary key (tenant, id));
    insert into big select n % 3, n, 'person' || n || '@example.net', repeat('x', 200) from generate_series(1, ${ROWS}) n;
    create table bare (id int);
    insert into bare select generate_series(1, 50);`,
  mysql: `
    create table small (id int primary key, name text);
    insert into small select seq, concat('small ', seq) from seq_1_to_50;
    create table big (tenant int, id bigint, email text, filling text, primary key (tenant, id));
    insert into big select seq % 3, seq, concat('person', seq, '@example.net'), repeat('x', 200) from seq_1_to_${ROWS};
    create table bare (id int);
    insert into bare select seq from seq_1_to_50;`,
};

export interface PlanHow {
  readonly connections?: number;
  readonly rowsPerSecond?: number;
}

/** What a table of the shop is called in a plan. */
export function nameOf({ product, name }: Shop, table: string): string {
  return `${product === 'postgres' ? 'public' : name}.${table}`;
}

export function planOf(shop: Shop, { connections = 1, rowsPerSecond = 8000 }: PlanHow = {}): string {
  const masks = 'masks: { email: { mask: pseudonym, class: person.email } }';
  return `waybill: 1
name: night
purpose: test
connection: shop
tables:
  - { table: ${nameOf(shop, 'small')} }
  - { table: ${nameOf(shop, 'bare')} }
  - { table: ${nameOf(shop, 'big')}, columns: [tenant, id, email, filling], ${masks} }
format: { type: csv }
package: { chunk: { rows: ${PART} } }
limits: { connections: ${connections}, rowsPerSecond: ${rowsPerSecond} }
`;
}

export const RUN = ['run', 'night.yaml', '--accept-catalog', '--out', 'out'];

/** A desk with the shop as its connection and a plan for it. */
export async function deskAt(shop: Shop, how: PlanHow & Partial<Login> = {}, desk = new Desk()): Promise<Desk> {
  await desk.connect(shop.server, shop.name, { connector: shop.product, ...how });
  desk.write('night.yaml', planOf(shop, how));
  return desk;
}

/** Digests of the data files of a package. */
export function dataOf(folder: string): Record<string, string> {
  const data = join(folder, 'data');
  const digest = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(data, name)))
      .digest('hex');
  return Object.fromEntries(
    readdirSync(data)
      .sort()
      .map((name) => [name, digest(name)]),
  );
}

/** A run that went well wrote what an undisturbed one wrote, and says so: nothing lost, nothing doubled, no wrong verdict. */
export function expectWhole(result: RunResult, undisturbed: Readonly<Record<string, string>>): void {
  expect(result.state).toBe('succeeded');
  const counts = result.tables.map((table) => [table.verdict, table.sourceRows, table.writtenRows, table.rereadRows]);
  expect(counts).toEqual([50, 50, ROWS].map((rows) => ['complete', rows, rows, rows]));
  expect(dataOf(result.package)).toEqual(undisturbed);
}

interface StoredRun {
  readonly run: string;
  readonly state: string;
  readonly package: string | null;
  readonly resumes?: string;
}

export async function runsOf(desk: Desk): Promise<readonly StoredRun[]> {
  return (await desk.json<{ runs: StoredRun[] }>(['runs'])).runs;
}

/** Every package under a final name verifies, and so does the ledger, which has one end for each run. */
export async function expectStory(desk: Desk, out = 'out'): Promise<void> {
  const runs = await runsOf(desk);
  const packages = readdirSync(desk.path(out)).filter((each) => !each.startsWith('.'));
  for (const path of [...packages.map((name) => desk.path(out, name)), desk.ledger()]) {
    // Some dozens of them: without a process of its own for each.
    const { json } = await runInProcess(desk, ['verify', path], (store) => store);
    expect([path, (json as VerifyDocument).verdict]).toEqual([path, 'CONSISTENT, NOT ANCHORED']);
  }
  const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
  const told = (...types: readonly string[]) => entries.filter(({ type }) => types.includes(type)).length;
  const are = (...states: readonly string[]) => runs.filter(({ state }) => states.includes(state)).length;
  const ends = {
    interrupted: told('export.interrupted'),
    cancelled: told('export.cancelled'),
    ended: told('export.completed', 'export.failed'),
  };
  expect(ends).toEqual({
    interrupted: are('interrupted'),
    cancelled: are('cancelled'),
    ended: are('succeeded', 'partial', 'failed'),
  });
  expect(are('running')).toBe(0);
  // A run that died before the ledger heard of it has no beginning there, and no other has two.
  expect(told('export.started')).toBeGreaterThanOrEqual(runs.length - are('interrupted'));
  expect(told('export.started')).toBeLessThanOrEqual(runs.length);
  expect(told('export.resumed')).toBeLessThanOrEqual(runs.filter(({ resumes }) => resumes !== undefined).length);
}
