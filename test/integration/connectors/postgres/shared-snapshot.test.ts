// Several sessions at one point in time, and what a lost one leaves behind.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres } from '../../../../src-main/connectors/postgres/index.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { legalRows } from '../../../contract/connectors/legal-rows.ts';
import { postgresRig } from '../../../contract/connectors/postgres-rig.ts';
import { catalogTable, openSession, signal, tableRead } from '../../../contract/connectors/reads.ts';
import type { ConnectorPlace } from '../../../contract/connectors/rig.ts';

const ACCOUNTS = 400;
const EXPORTS = 50;

let place: ConnectorPlace;
let sessions: Session[];

beforeAll(async () => {
  place = await postgresRig.start();
  await place.sql('create table left_side (id int primary key, amount int not null)');
  await place.sql('create table right_side (id int primary key, amount int not null)');
  for (const side of ['left_side', 'right_side']) {
    await place.sql(`insert into ${side} select n, 100 from generate_series(1, ${ACCOUNTS}) n`);
  }
  sessions = await Promise.all([1, 2, 3, 4].map(() => openSession(postgres, place)));
});
afterAll(async () => {
  for (const session of sessions) await session[Symbol.asyncDispose]();
  await place.stop();
});

async function reads() {
  const [first] = sessions;
  if (first === undefined) throw new Error('no session');
  const left = tableRead(await catalogTable(first, place, 'left_side'));
  return [left, tableRead(await catalogTable(first, place, 'right_side'))] as const;
}

/** What both tables hold, each half of each read by another of so many readers. */
async function sumBy(readers: number): Promise<number> {
  const [left, right] = await reads();
  await using open = new AsyncDisposableStack();
  const [first, ...others] = sessions.slice(0, readers);
  if (first === undefined) throw new Error('no session');
  const leader = open.use(await first.snapshot([left, right], signal));
  const all = [leader];
  for (const other of others)
    all.push(open.use(await other.snapshot([left, right], signal, { joins: leader.facts.id })));
  const key = left.columns.slice(0, 1);
  const halves = [
    { key, after: null, upTo: [String(ACCOUNTS / 2)] },
    { key, after: [String(ACCOUNTS / 2)], upTo: null },
  ];
  const pieces = [left, right].flatMap((read) => halves.map((range) => ({ ...read, range })));
  let sum = 0;
  await Promise.all(
    all.map(async (snapshot, at) => {
      for (const piece of pieces.filter((_, index) => index % readers === at)) {
        const rows = await legalRows(snapshot.read(piece, { signal, wire: false }));
        sum += rows.reduce((total, [, amount]) => total + Number(amount), 0);
      }
    }),
  );
  return sum;
}

describe('accounts between which somebody moves money all the time', { timeout: 120_000 }, () => {
  it.each([1, 4])(`are in balance ${EXPORTS} times of ${EXPORTS}, read by %i sessions`, async (readers) => {
    const over = new AbortController();
    let moved = 0;
    const moving = (async () => {
      for (; !over.signal.aborted; moved++) {
        const [from, to] = [1 + (moved % ACCOUNTS), 1 + ((moved * 7919) % ACCOUNTS)];
        await place.sql(
          `with taken as (update left_side set amount = amount - 1 where id = ${from})
           update right_side set amount = amount + 1 where id = ${to}`,
        );
      }
    })();
    try {
      for (let count = 0; count < EXPORTS; count++) expect(await sumBy(readers)).toBe(2 * ACCOUNTS * 100);
    } finally {
      over.abort();
      await moving;
    }
    expect(moved).toBeGreaterThan(EXPORTS);
  });
});

it('a session that joins holds the tables by itself, also when the one it joined is gone', async () => {
  const [left, right] = await reads();
  const [first, second] = sessions;
  if (first === undefined || second === undefined) throw new Error('no session');
  const leader = await first.snapshot([left, right], signal);
  await using joined = await second.snapshot([left, right], signal, { joins: leader.facts.id });
  await leader[Symbol.asyncDispose]();
  await expect(place.sql('truncate left_side')).rejects.toThrow();
  expect(await joined.count(left, signal)).toBe(ACCOUNTS);
});
