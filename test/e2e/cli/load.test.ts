// What a run says of its load at the command line: on stderr while somebody holds a lock, and in its report.
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk } from './driver.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;

beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql('create table lines (id int primary key); insert into lines select generate_series(1, 100)');
});
afterAll(() => database.drop());

const PLAN = `waybill: 1
name: locked
purpose: test
connection: shop
tables: [{ table: public.lines, columns: [id] }]
format: { type: csv }
limits: { connections: 2, lockTimeoutMs: 30000 }
`;

/** Reports are folded at 80 columns. */
const unfolded = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('a run at the command line', { timeout: 60_000 }, () => {
  it('says who holds the lock that it waits for, and its record keeps it', async () => {
    using desk = new Desk();
    const { server, name } = database;
    await desk.connect(server, name);
    desk.write('plan.yaml', PLAN);
    const other = new Client({ host: server.socketFolder, port: server.port, user: server.user, database: name });
    await other.connect();
    await using _ = { [Symbol.asyncDispose]: () => other.end() };
    const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
    const holder = `session ${rows[0]?.pid}`;
    const lockedUntil = async (words: string, progress: string): Promise<string> => {
      await other.query('begin; lock table lines in access exclusive mode');
      const run = desk.start(['run', 'plan.yaml', '--accept-catalog', '--out', 'out', '--progress', progress]);
      await run.says(words);
      await other.query('rollback');
      const { code, stderr, stdout } = await run.ended;
      expect(code).toBe(0);
      return stderr + stdout;
    };
    const plain = unfolded(await lockedUntil(`The run waits for a lock that ${holder} holds`, 'plain'));
    expect(plain).toContain('→ Have the work on that table committed or rolled back there');
    expect(plain).toMatch(/Server: looked at \d+ times?; waited on a lock \d+ %; longest statement/);
    expect(plain).toContain(`(held by ${holder})`);
    const json = await lockedUntil('"type":"server.load"', 'json');
    const event = json.split('\n').find((line) => line.includes('"server.load"')) ?? '';
    expect(JSON.parse(event)).toMatchObject({
      sessions: [{ wait: { kind: 'lock', name: 'Lock: relation' }, blockedBy: [holder] }],
      ...{ blocked: { by: [holder] }, soFar: { looks: 1, unasked: null } },
    });
    const { runs } = await desk.json<{ runs: { run: string }[] }>(['runs']);
    const run = runs[0]?.run ?? '';
    expect(unfolded((await desk.run(['runs', 'show', run])).stdout)).toContain(`(held by ${holder})`);
    expect(await desk.json(['runs', 'show', run])).toMatchObject({ load: { longestLock: { blockedBy: [holder] } } });
  });
});
