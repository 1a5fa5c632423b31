import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, errorOf } from './driver.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let desk: Desk;

beforeAll(async () => {
  desk = new Desk();
  database = await newPostgresDatabase();
  await database.sql(`
    create schema sales; create schema hollow;
    create table sales.customers (id bigint primary key, email text not null);
    create table sales.lines (order_id bigint, line int, customer bigint references sales.customers (id), box point,
      primary key (order_id, line));
    insert into sales.customers select n, 'x' from generate_series(1, 1000) n;
    create view sales.few as select id from sales.customers; analyze;`);
  await desk.connect(database.server, database.name);
});
afterAll(async () => {
  await database.drop();
  desk[Symbol.dispose]();
});

describe('catalog', { timeout: 60_000 }, () => {
  it('shows kinds, columns, keys of both kinds, and estimates as such with their units', async () => {
    const { code, stdout } = await desk.run(['catalog', 'shop', '--namespace', 'sales']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^sales\.customers {2}table, ~1\u00a0000 rows, ~\d+(\.\d)? KiB \(estimate\)$/m);
    expect(stdout).toMatch(/^ {2}email +text +not null$/m);
    expect(stdout).toMatch(/^ {2}id +bigint +not null +key$/m);
    expect(stdout).toMatch(/^ {2}primary key \(order_id, line\)$/m);
    expect(stdout).toMatch(/^ {2}foreign key \(customer\) → sales\.customers \(id\)$/m);
    expect(stdout).toMatch(/^sales\.few {2}view, size unknown$/m);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('shows all namespaces where none is named', async () => {
    const { code, stdout } = await desk.run(['catalog', 'shop']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^sales\.few {2}view, /m)]);
  });

  it.each([
    ['slaes', /sales/],
    ['Sales', /sales/],
    ['zzzzzzzz', /public.*sales|sales.*public/],
  ])('of the namespace %s, which is not there, ends with 4 and the names that are', async (name, near) => {
    const ended = await desk.run(['catalog', 'shop', '--namespace', name, '--json']);
    expect([ended.code, ended.stdout, errorOf(ended).code]).toEqual([4, '', 'SOURCE/NAMESPACE_ABSENT']);
    expect(errorOf(ended).message).toContain(name);
    expect(errorOf(ended).remedy).toMatch(near);
  });

  it('of a file, too', async () => {
    const ended = await desk.run(['catalog', 'sample', '--namespace', 'mian', '--json']);
    expect([ended.code, errorOf(ended).code, errorOf(ended).remedy]).toEqual([
      ...[4, 'SOURCE/NAMESPACE_ABSENT', 'Did you mean main?'],
    ]);
  });
});
