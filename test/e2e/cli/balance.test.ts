// A transfer between two tables must always balance. Products of which no server is at hand: on their stand-ins, or on the servers
// that WAYBILL_TEST_SQLSERVER_URL and WAYBILL_TEST_ORACLE_URL name.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oracleRig } from '../../contract/connectors/oracle-rig.ts';
import type { ConnectorPlace } from '../../contract/connectors/rig.ts';
import { sqlserverRig } from '../../contract/connectors/sqlserver-rig.ts';
import { CliDesk } from '../../fakes/cli-desk.ts';
import { dataOf } from './package-data.ts';
import type { RunResult } from './results.ts';

const ACCOUNTS = 300;
const EACH = 100;
/** Of a server; a stand-in shows by a few what its sessions ask for. */
const RUNS = 50;
const RUNS_ON_STAND_IN = 10;

/** One transaction, as the product takes it in one text; the owner behind a stand-in takes one statement after the other. */
const PRODUCTS = [
  {
    ...{ connector: 'oracle', rig: oracleRig },
    transaction: (...work: string[]) => `begin ${work.join('; ')}; commit; end;`,
  },
  {
    ...{ connector: 'sqlserver', rig: sqlserverRig },
    transaction: (...work: string[]) => `begin transaction; ${work.join('; ')}; commit`,
  },
] as const;

/** What the second column of all rows comes to. */
function sumOf(files: readonly (readonly [name: string, text: string])[]): number {
  const rows = files.flatMap(([, text]) => text.split('\r\n').slice(1, -1));
  return rows.reduce((sum, row) => sum + Number(row.split(',')[1]), 0);
}

/** By how many connections each run was read, as the log has it. */
function readersOf({ home }: CliDesk): number[] {
  const log = join(home, 'logs', 'waybill.log');
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
  const events = lines.map((line) => JSON.parse(line) as { readonly event: string; readonly readers?: number });
  return events.flatMap(({ event, readers }) => (event === 'run.readers' && readers !== undefined ? [readers] : []));
}

describe.each(PRODUCTS)('while others transfer, $connector', ({ connector, rig, transaction }) => {
  const { standIn } = rig;
  const runs = standIn === undefined ? RUNS : RUNS_ON_STAND_IN;
  const write = (...work: string[]): readonly string[] =>
    standIn === undefined ? [transaction(...work)] : ['begin', ...work, 'commit'];
  let place: ConnectorPlace;
  let desk: CliDesk;
  let transfers = 0;

  beforeAll(async () => {
    desk = new CliDesk();
    place = await rig.start();
    for (const table of ['left_side', 'right_side']) {
      await place.sql(
        `create table ${table} (id ${rig.types.integer} not null primary key, amount ${rig.types.integer} not null)`,
      );
      for (let id = 1; id <= ACCOUNTS; id++) await place.sql(`insert into ${table} values (${id}, ${EACH})`);
    }
    const args = Object.entries(place.connection).flatMap(([option, value]) => [`--${option}`, String(value)]);
    const stdin = `${place.password?.reveal() ?? ''}\n`;
    await desk.json(['connection', 'add', 'shop', '--connector', connector, ...args, '--password-stdin'], { stdin });
  });
  afterAll(async () => {
    await place.stop();
    desk[Symbol.dispose]();
  });

  async function transferUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const [from, to] = [(transfers % ACCOUNTS) + 1, ((transfers * 7) % ACCOUNTS) + 1];
      const statements = write(
        `update left_side set amount = amount - 1 where id = ${from}`,
        `update right_side set amount = amount + 1 where id = ${to}`,
      );
      for (const sql of statements) await place.sql(sql);
      transfers++;
      await setTimeout(1);
    }
  }

  it.each([1, 4])(
    `exports balance, ${runs} of ${runs}, read by %i, on ${standIn ?? 'a server'}`,
    async (readers) => {
      const named = (table: string): string =>
        `${place.namespace}.${place.upperCases === true ? table.toUpperCase() : table}`;
      desk.write(
        'plan.yaml',
        `waybill: 1
name: balance
purpose: test
connection: shop
tables:
  - { table: ${named('left_side')} }
  - { table: ${named('right_side')} }
format: { type: csv }
package: { chunk: { rows: 75 } }
limits: { connections: ${readers} }
`,
      );
      const checked = await desk.json<{ findings: readonly { message: string }[] }>([
        'plan',
        'check',
        'plan.yaml',
        '--accept',
      ]);
      expect(checked.findings).toEqual([]);
      const before = readersOf(desk).length;
      const stop = new AbortController();
      const writing = transferUntil(stop.signal);
      const [sums, lefts, seen] = [new Set<number>(), new Set<number>(), new Set<number>()];
      try {
        for (let run = 0; run < runs; run++) {
          place.inside?.reads.begin();
          const result = await desk.json<RunResult>(['run', 'plan.yaml', '--out', 'out']);
          if (place.inside !== undefined) seen.add(place.inside.reads.sessions);
          expect(result.tables.map(({ sourceRows }) => sourceRows)).toEqual([ACCOUNTS, ACCOUNTS]);
          const data = Object.entries(dataOf(result));
          const left = sumOf(data.filter(([name]) => /left_side/i.test(name)));
          sums.add(left + sumOf(data.filter(([name]) => /right_side/i.test(name))));
          lefts.add(left);
        }
      } finally {
        stop.abort();
        await writing;
      }
      expect([...sums]).toEqual([2 * ACCOUNTS * EACH]);
      expect(readersOf(desk).slice(before)).toEqual(Array.from({ length: runs }, () => readers));
      if (place.inside !== undefined) expect([...seen]).toEqual([readers]);
      // Money did move from run to run, so that two moments would have shown.
      expect(lefts.size).toBeGreaterThan(runs / 2);
    },
    120_000,
  );
});
