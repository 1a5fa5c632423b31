import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMariadbDatabase } from '../../servers/shared-servers.ts';
import { Desk } from './driver.ts';
import { dataOf } from './package-data.ts';
import type { RunResult } from './results.ts';

const ACCOUNTS = 2000;
const EACH = 100;
/** While somebody moves money. */
const EXPORTS = 50;
const SIDES = ['left_side', 'right_side'];
const READER = 'no_locks';

let database: Awaited<ReturnType<typeof newMariadbDatabase>>;

beforeAll(async () => {
  database = await newMariadbDatabase();
  for (const side of SIDES) {
    await database.sql(`
      create table ${side} (id int primary key, amount int not null);
      insert into ${side} select seq, ${EACH} from seq_1_to_${ACCOUNTS};`);
  }
  await database.sql(`
    create user '${READER}'@'%' identified by 'a password of the test';
    grant select on ${database.name}.* to '${READER}'@'%';`);
});
afterAll(async () => {
  await database.sql(`drop user '${READER}'@'%'`);
  await database.drop();
});

interface ReadersPlan {
  readonly connections: number;
  readonly limits?: string;
  readonly where?: string;
}

function write(desk: Desk, { connections, limits = '', where = '' }: ReadersPlan): void {
  const tables = SIDES.map((side) => `  - { table: ${database.name}.${side}${where} }`).join('\n');
  desk.write(
    'plan.yaml',
    `waybill: 1
name: readers
purpose: test
connection: shop
tables:
${tables}
format: { type: csv }
package: { chunk: { rows: 300 } }
limits: { connections: ${connections}${limits} }
`,
  );
}

async function newDesk(plan: ReadersPlan, login = {}): Promise<Desk> {
  const desk = new Desk();
  await desk.connect(database.server, database.name, { connector: 'mysql', ...login });
  write(desk, plan);
  return desk;
}

const RUN = ['run', 'plan.yaml', '--accept-catalog', '--out', 'out'];

function sumOf(data: Readonly<Record<string, string>>): number {
  const rows = Object.values(data).flatMap((text) => text.split('\r\n').slice(1, -1));
  expect(rows).toHaveLength(2 * ACCOUNTS);
  return rows.reduce((sum, row) => sum + Number(row.split(',')[1]), 0);
}

/** Sessions that are on the database now. */
const sessions = async (): Promise<number> =>
  Number(await database.sql(`select count(*) - 1 from information_schema.processlist where db = '${database.name}'`));

/** The most sessions there were while a run went on. */
async function mostSessions(desk: Desk): Promise<{ readonly most: number; readonly code: number | null }> {
  const run = desk.start(RUN);
  // Behind the opening, in which one more holds the tables.
  await run.says('left_side: reading');
  const watched = new AbortController();
  const watching = (async () => {
    let most = 0;
    while (!watched.signal.aborted) most = Math.max(most, await sessions());
    return most;
  })();
  const { code } = await run.ended;
  watched.abort();
  return { most: await watching, code };
}

describe('a run of several readers of MariaDB', { timeout: 120_000 }, () => {
  it('writes byte for byte what one reader writes', async () => {
    using desk = await newDesk({ connections: 1 });
    const alone = await desk.json<RunResult>(RUN);
    write(desk, { connections: 3 });
    const together = await desk.json<RunResult>(RUN);
    expect(together.tables.map(({ verdict }) => verdict)).toEqual(['complete', 'complete']);
    expect(dataOf(together)).toEqual(dataOf(alone));
  });

  it.each([
    ['the login may not lock', { where: '', login: { user: READER, password: 'a password of the test' } }],
    ['a condition might read other tables', { where: ", where: 'id > 0'", login: {} }],
  ])('is read by one where %s', async (_why, { where, login }) => {
    using desk = await newDesk({ connections: 3, limits: ', rowsPerSecond: 4000', where }, login);
    const check = await desk.run(['plan', 'check', 'plan.yaml', '--accept']);
    // Of a condition the plan tells; of a right only the server does, when it is asked for the lock.
    expect(check.stderr.includes('This plan is read with one connection, not with up to 3')).toBe(where !== '');
    // The second one reads nothing: it looks how the first one does. Two that read would leave a third to look.
    expect(await mostSessions(desk)).toEqual({ most: 2, code: 0 });
  });

  it('is read by as many as the plan allows, and holds nobody up for long', async () => {
    using desk = await newDesk({ connections: 3, limits: ', rowsPerSecond: 2000' });
    const run = desk.start(RUN);
    await expect.poll(sessions, { interval: 30 }).toBe(3);
    // Nobody has to wait: the tables are held no longer.
    await database.sql('set lock_wait_timeout = 1; update left_side set amount = amount where id = 1');
    expect((await run.ended).code).toBe(0);
    await expect.poll(sessions).toBe(0);
  });
});

describe('accounts of MariaDB between which somebody moves money all the time', { timeout: 300_000 }, () => {
  it.each([1, 4])('are in balance in every export by %i readers', async (connections) => {
    using desk = await newDesk({ connections });
    const over = new AbortController();
    const moves = Array.from({ length: 40 }, () => {
      const [from, to] = [1 + Math.floor(Math.random() * ACCOUNTS), 1 + Math.floor(Math.random() * ACCOUNTS)];
      return `begin; update left_side set amount = amount - 1 where id = ${from}; update right_side set amount = amount + 1 where id = ${to}; commit;`;
    }).join('\n');
    let moved = 0;
    const moving = (async () => {
      for (; !over.signal.aborted; moved += 40) await database.sql(moves);
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
    expect(moved).toBeGreaterThan(40);
  });
});
