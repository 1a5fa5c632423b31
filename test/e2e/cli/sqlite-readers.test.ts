import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { Desk } from './driver.ts';
import { dataOf } from './package-data.ts';
import type { RunResult } from './results.ts';

const ACCOUNTS = 3000;
const EACH = 100;

const FILL = `
  create table left_side (id integer primary key, amount integer not null);
  create table right_side (id integer primary key, amount integer not null);
  with recursive n (i) as (values (1) union all select i + 1 from n where i < ${ACCOUNTS})
    insert into left_side select i, ${EACH} from n;
  insert into right_side select id, amount from left_side;`;

function open(desk: Desk): DatabaseSync {
  return new DatabaseSync(desk.path('shop.db'));
}

async function newDesk(pragma: string): Promise<Desk> {
  const desk = new Desk();
  const db = open(desk);
  db.exec(`${pragma}; ${FILL}`);
  db.close();
  await desk.run(['connection', 'add', 'shop', '--connector', 'sqlite', '--file', desk.path('shop.db')]);
  for (const connections of [1, 4]) {
    desk.write(
      `of-${connections}.yaml`,
      `waybill: 1\nname: sides\npurpose: test\nconnection: shop
tables: [{ table: main.left_side }, { table: main.right_side }]
format: { type: csv }\npackage: { chunk: { rows: 400 } }\nlimits: { connections: ${connections} }\n`,
    );
  }
  return desk;
}

const run = (desk: Desk, connections: number): Promise<RunResult> =>
  desk.json<RunResult>(['run', `of-${connections}.yaml`, '--accept-catalog', '--out', 'out']);

/** How many read the last run, as the log has it. */
function readersOf(desk: Desk): number[] {
  const log = readFileSync(join(desk.home, 'logs', 'waybill.log'), 'utf8');
  return log
    .split('\n')
    .flatMap((line) => (line.includes('run.readers') ? [Number(/"readers":(\d+)/.exec(line)?.[1])] : []));
}

it('several readers of a file write byte for byte what one writes', async () => {
  using desk = await newDesk('pragma journal_mode = delete');
  const one = await run(desk, 1);
  const four = await run(desk, 4);
  expect(four.tables).toMatchObject([{ verdict: 'complete', sourceRows: ACCOUNTS }, { verdict: 'complete' }]);
  expect(dataOf(four)).toEqual(dataOf(one));
  expect(readersOf(desk)).toEqual([1, 4]);
});

it('what moves between two tables while four read them is in the one or the other', { timeout: 60_000 }, async () => {
  using desk = await newDesk('pragma journal_mode = wal');
  const db = open(desk);
  const over = new AbortController();
  const moving = (async () => {
    for (let nth = 0; !over.signal.aborted; nth++) {
      const id = 1 + (nth % ACCOUNTS);
      db.exec(
        `begin immediate; update left_side set amount = amount - 7 where id = ${id}; update right_side set amount = amount + 7 where id = ${id}; commit`,
      );
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  })();
  try {
    for (let nth = 0; nth < 10; nth++) {
      const sides = Object.entries(dataOf(await run(desk, 4)));
      const amounts = sides.flatMap(([, text]) =>
        text
          .split('\r\n')
          .slice(1, -1)
          .map((row) => Number(row.split(',')[1])),
      );
      expect(amounts).toHaveLength(2 * ACCOUNTS);
      expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(2 * ACCOUNTS * EACH);
    }
  } finally {
    over.abort();
    await moving;
    db.close();
  }
});
