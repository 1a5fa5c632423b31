import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk } from './driver.ts';
import { dataOf } from './package-data.ts';
import type { RunResult, VerifyDocument } from './results.ts';

const ACCOUNTS = 2000;
const EACH = 100;
/** While somebody moves money. */
const EXPORTS = 50;

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;

beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql(`
    create table left_side (id int primary key, amount int not null);
    create table right_side (id int primary key, amount int not null);
    insert into left_side select n, ${EACH} from generate_series(1, ${ACCOUNTS}) n;
    insert into right_side select n, ${EACH} from generate_series(1, ${ACCOUNTS}) n;
    create table letters (id bigint primary key, body text);
    insert into letters select n, 'letter ' || n from generate_series(1, 9000) n;`);
});
afterAll(() => database.drop());

async function newDesk(connections: number, more = ''): Promise<Desk> {
  const desk = new Desk();
  await desk.connect(database.server, database.name);
  desk.write(
    'plan.yaml',
    `waybill: 1
name: readers
purpose: test
connection: shop
tables:
  - { table: public.left_side }
  - { table: public.right_side }
  - { table: public.letters }
format: { type: csv }
package: { chunk: { rows: 500 } }
limits: { connections: ${connections}${more} }
`,
  );
  return desk;
}

const RUN = ['run', 'plan.yaml', '--accept-catalog', '--out', 'out'];

/** What all accounts hold together in a package. */
function sumOf(data: Readonly<Record<string, string>>): number {
  const rows = Object.entries(data).flatMap(([name, text]) =>
    name.includes('_side') ? text.split('\r\n').slice(1, -1) : [],
  );
  expect(rows).toHaveLength(2 * ACCOUNTS);
  return rows.reduce((sum, row) => sum + Number(row.split(',')[1]), 0);
}

const sessions = (): Promise<string> =>
  database.sql(
    "select count(*) from pg_stat_activity where datname = current_database() and application_name like 'waybill%'",
  );

/** Those of them that hold a point in time. */
const inSnapshot = (): Promise<string> =>
  database.sql(
    "select count(*) from pg_stat_activity where datname = current_database() and application_name like 'waybill%' and xact_start is not null",
  );

describe('a run of several readers', { timeout: 120_000 }, () => {
  it('writes byte for byte what one reader writes', async () => {
    using one = await newDesk(1);
    using four = await newDesk(4);
    const [alone, together] = [await one.json<RunResult>(RUN), await four.json<RunResult>(RUN)];
    expect(together.tables.map(({ verdict }) => verdict)).toEqual(['complete', 'complete', 'complete']);
    expect(dataOf(together)).toEqual(dataOf(alone));
    const { verdict } = await four.json<VerifyDocument>(['verify', together.package]);
    expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
  });

  it('has as many sessions as the plan allows, and leaves none', async () => {
    using desk = await newDesk(3, ', rowsPerSecond: 5000');
    const run = desk.start(RUN);
    await expect.poll(async () => Number(await sessions()), { interval: 50 }).toBe(3);
    expect((await run.ended).code).toBe(0);
    await expect.poll(async () => Number(await sessions())).toBe(0);
  });

  it('goes on when a reader is lost, on a new connection, and nothing is missing or doubled', async () => {
    using desk = await newDesk(2, ', rowsPerSecond: 4000');
    const undisturbed = dataOf(await desk.json<RunResult>(RUN));
    const run = desk.start([...RUN, '--json', '--progress', 'json']);
    await run.says('"type":"table.started","table":"public.right_side"');
    // The younger one: the point in time belongs to the other.
    await database.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name like 'waybill%' order by backend_start desc limit 1`,
    );
    await expect.poll(inSnapshot, { interval: 20 }).toBe('1');
    await expect.poll(inSnapshot, { interval: 20, timeout: 2000 }).toBe('2');
    const { code, json, stderr } = await run.ended;
    expect(code).toBe(0);
    expect(stderr).toContain('"type":"table.retry"');
    expect(dataOf(json as RunResult)).toEqual(undisturbed);
    const { story } = await desk.json<VerifyDocument>(['verify', (json as RunResult).package]);
    expect(story).toEqual([
      {
        about: 'Lost connections',
        text: 'One was lost; what it was reading was read anew, in the same snapshot.',
      },
    ]);
  });
});

describe('accounts between which somebody moves money all the time', { timeout: 300_000 }, () => {
  it.each([1, 4])('are in balance in every export by %i readers', async (connections) => {
    using desk = await newDesk(connections);
    const over = new AbortController();
    let moved = 0;
    const moving = (async () => {
      while (!over.signal.aborted) {
        await database.sql(`
          do $$
          declare at int := 1 + floor(random() * ${ACCOUNTS}); other int := 1 + floor(random() * ${ACCOUNTS});
          begin
            for i in 1..50 loop
              update left_side set amount = amount - 1 where id = at;
              update right_side set amount = amount + 1 where id = other;
              commit;
            end loop;
          end $$;`);
        moved += 50;
      }
    })();
    try {
      for (let count = 0; count < EXPORTS; count++) {
        const result = await desk.json<RunResult>(RUN);
        expect(result.state).toBe('succeeded');
        expect(sumOf(dataOf(result))).toBe(2 * ACCOUNTS * EACH);
      }
    } finally {
      over.abort();
      await moving;
    }
    expect(moved).toBeGreaterThan(50);
  });
});
