import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk } from './driver.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let desk: Desk;

beforeAll(async () => {
  desk = new Desk();
  database = await newPostgresDatabase();
  await database.sql('create table quick (id bigint primary key); insert into quick select generate_series(1, 100);');
  await desk.connect(database.server, database.name);
  const head = 'waybill: 1\nname: quick\npurpose: test\nconnection: shop\nformat: { type: csv }\n';
  desk.write('quick.yaml', `${head}tables:\n  - { table: public.quick, columns: [id] }\n`);
});
afterAll(async () => {
  await database.drop();
  desk[Symbol.dispose]();
});

describe('output that nobody reads', () => {
  it('is no failure when the reader has seen enough', async () => {
    const { child, ended } = desk.start(['--help']);
    child.stdout.destroy();
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([0, '']);
  });

  it('does not end a run', async () => {
    const { child, ended } = desk.start(['run', 'quick.yaml', '--accept-catalog', '--out', 'out']);
    child.stdout.destroy();
    child.stderr.destroy();
    expect((await ended).code).toBe(0);
    expect(await desk.json(['runs'])).toMatchObject({ runs: [{ state: 'succeeded' }] });
  });

  it('is a failure when the disk that should hold the result is full', async () => {
    const under = ['/bin/sh', '-c', 'exec "$@" > /dev/full', 'sh'];
    const { code, stderr } = await desk.run(['connection', 'list'], { under });
    expect([code, stderr]).toEqual([7, expect.stringMatching(/^SPOOL\/WRITE_FAILED: .*\n→ \S/)]);
  });
});
