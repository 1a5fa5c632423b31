// Several readers of the products of which no server is at hand: on their stand-ins, or on the servers that
// WAYBILL_TEST_SQLSERVER_URL and WAYBILL_TEST_ORACLE_URL name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oracleRig } from '../../contract/connectors/oracle-rig.ts';
import type { ConnectorPlace } from '../../contract/connectors/rig.ts';
import { sqlserverRig } from '../../contract/connectors/sqlserver-rig.ts';
import { CliDesk } from '../../fakes/cli-desk.ts';
import { dataOf } from './package-data.ts';
import type { RunResult, VerifyDocument } from './results.ts';

const ROWS = 1000;

/** `isReplaced`: another connection can come to the point in time of one that is lost. */
const PRODUCTS = [
  { connector: 'oracle', rig: oracleRig, isReplaced: true },
  { connector: 'sqlserver', rig: sqlserverRig, isReplaced: false },
] as const;

describe.each(PRODUCTS)('a run of several readers of $connector', ({ connector, rig, isReplaced }) => {
  const { standIn } = rig;
  let place: ConnectorPlace;
  let desk: CliDesk;
  let alone: Readonly<Record<string, string>>;

  beforeAll(async () => {
    desk = new CliDesk();
    place = await rig.start();
    const { integer, bigint, text } = rig.types;
    await place.sql(
      `create table order_lines (doc ${bigint} not null, line ${integer} not null, note ${text}, primary key (doc, line))`,
    );
    await place.sql(`insert into order_lines select 9007199254740992 + i, 1, 'one' from ${rig.series(ROWS / 2)}`);
    await place.sql(`insert into order_lines select 9007199254740992 + i, 2, 'two' from ${rig.series(ROWS / 2)}`);
    await place.sql(`create table letters (id ${integer} not null primary key, body ${text})`);
    await place.sql(`insert into letters select i, 'dear' from ${rig.series(ROWS)}`);
    const args = Object.entries(place.connection).flatMap(([option, value]) => [`--${option}`, String(value)]);
    const stdin = `${place.password?.reveal() ?? ''}\n`;
    await desk.json(['connection', 'add', 'shop', '--connector', connector, ...args, '--password-stdin'], { stdin });
    write({ connections: 1 });
    alone = dataOf(await desk.json<RunResult>(RUN));
  });
  afterAll(async () => {
    await place.stop();
    desk[Symbol.dispose]();
  });

  const RUN = ['run', 'plan.yaml', '--accept-catalog', '--out', 'out'];
  const named = (table: string): string =>
    `${place.namespace}.${place.upperCases === true ? table.toUpperCase() : table}`;

  interface ReadersPlan {
    readonly connections: number;
    readonly where?: string;
    readonly more?: string;
  }

  function write({ connections, where = '', more = '' }: ReadersPlan): void {
    desk.write(
      'plan.yaml',
      `waybill: 1
name: readers
purpose: test
connection: shop
tables:
  - { table: ${named('order_lines')} }
  - { table: ${named('letters')}${where} }
format: { type: csv }
package: { chunk: { rows: 60 } }
limits: { connections: ${connections}${more} }
`,
    );
  }

  it(`writes byte for byte what one reader writes, on ${standIn ?? 'a server'}`, async () => {
    write({ connections: 4 });
    place.inside?.reads.begin();
    const together = await desk.json<RunResult>(RUN);
    expect(together.tables.map(({ verdict }) => verdict)).toEqual(['complete', 'complete']);
    expect(Object.keys(alone)).toHaveLength(2 * Math.ceil(ROWS / 60));
    expect(dataOf(together)).toEqual(alone);
    const { verdict } = await desk.json<VerifyDocument>(['verify', together.package]);
    expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
    if (place.inside !== undefined) expect(place.inside.reads.sessions).toBe(4);
    expect(await place.openTransactions()).toBe(0);
  });

  it(`is read by one where a condition may read other tables, and the log says so, on ${standIn ?? 'a server'}`, async () => {
    write({ connections: 4, where: ", where: 'id in (select line from order_lines)'" });
    place.inside?.reads.begin();
    const { stdout } = await desk.run([...RUN, '--json']);
    const { tables } = JSON.parse(stdout) as RunResult;
    expect(tables.map(({ verdict }) => verdict)).toEqual(['complete', 'unproven']);
    if (place.inside !== undefined) expect(place.inside.reads.sessions).toBe(1);
    const log = readFileSync(join(desk.home, 'logs', 'waybill.log'), 'utf8');
    expect(log).toMatch(/would not be at (?:the same|one) point in time/);
    expect(await place.openTransactions()).toBe(0);
  });

  if (standIn === undefined) return;

  it(`goes on when a reader is lost, ${isReplaced ? 'on a new connection' : 'without it'}, on ${standIn}`, async () => {
    write({ connections: 3, more: ', rowsPerSecond: 1000' });
    const { inside } = place;
    inside?.reads.begin();
    const running = desk.run([...RUN, '--json', '--progress', 'json']);
    await expect.poll(() => inside?.reads.sessions, { interval: 10 }).toBe(3);
    inside?.loseLast();
    const { code, stdout, stderr } = await running;
    expect(stderr).toContain('"type":"table.retry"');
    expect(code).toBe(0);
    expect(dataOf(JSON.parse(stdout) as RunResult)).toEqual(alone);
    expect(inside?.reads.sessions).toBe(isReplaced ? 4 : 3);
    expect(await place.openTransactions()).toBe(0);
  });

  if (isReplaced) return;

  it(`does without a reader that takes too long, and keeps nobody from writing for it, on ${standIn}`, async () => {
    write({ connections: 3, more: ', lockTimeoutMs: 600' });
    const { inside } = place;
    if (inside?.slow === undefined) throw new Error('nothing can be slowed down');
    inside.slow.lastMs = 4000;
    inside.reads.begin();
    const running = desk.json<RunResult>(RUN);
    const waits: number[] = [];
    for (let isOver = false; !isOver;) {
      const before = performance.now();
      await place.sql('update letters set id = id where id = 1');
      waits.push(performance.now() - before);
      isOver = await Promise.race([running.then(() => true), setTimeout(5, false)]);
    }
    inside.slow.lastMs = 0;
    expect(dataOf(await running)).toEqual(alone);
    expect(inside.reads.sessions).toBe(2);
    expect(Math.max(...waits)).toBeGreaterThan(400);
    expect(Math.max(...waits)).toBeLessThan(1000);
  });
});
