import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportResult } from '../../../src-main/app/export-result.ts';
import { openPlan } from '../../../src-main/app/open-plan.ts';
import { runPlan, type RunPlanRequest } from '../../../src-main/app/run-plan.ts';
import type { MariadbAddress } from '../../servers/mariadb-client.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import type { TestDatabase } from '../../servers/shared-servers.ts';
import { newHome, type Home } from '../targets/rig.ts';

/** A plan over two tables of the sample database; `more` is appended. */
export function samplePlan(more = '', tables = '[{ table: main.customers }, { table: main.orders }]'): string {
  return `waybill: 1
name: sample
purpose: test
connection: sample
tables: ${tables}
format: { type: csv }
${more}`;
}

/** A home with a connection `shop` to a test's database, over its socket. */
export async function homeOn({ server, name: database }: TestDatabase<PostgresAddress>): Promise<Home> {
  const home = await newHome();
  const options = { host: server.socketFolder, port: server.port, user: server.user, database };
  await home.core.records.connections.update((all) => ({
    ...all,
    shop: { connector: 'postgres', options, production: false },
  }));
  return home;
}

/** A home with a connection `shop` to a test's MariaDB database, over its socket. */
export async function homeOnMariadb({ server, name: database }: TestDatabase<MariadbAddress>): Promise<Home> {
  const home = await newHome();
  await home.core.records.connections.update((all) => ({
    ...all,
    shop: { connector: 'mysql', options: { socket: server.socketPath, user: 'root', database }, production: false },
  }));
  return home;
}

/** Runs a plan in the home's folder `out`. */
export async function runSample(
  home: Home,
  plan: string,
  more: Partial<Omit<RunPlanRequest, 'open'>> = {},
): Promise<ExportResult> {
  const path = home.folder.join('sample.plan.yaml');
  writeFileSync(path, plan);
  const signal = more.signal ?? new AbortController().signal;
  await using open = await openPlan(home.core, { path, params: {}, only: [], accept: 'unsigned', signal });
  return await runPlan(home.core, {
    open,
    out: outOf(home),
    confirm: undefined,
    acceptedCatalog: true,
    signal,
    onEvent: () => undefined,
    ...more,
  });
}

export function outOf({ folder }: Home): string {
  const out = folder.join('out');
  if (!existsSync(out)) mkdirSync(out);
  return out;
}

export interface LedgerLine {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The home's entries that are events, in order. */
export function eventsOf({ core }: Home): LedgerLine[] {
  return readdirSync(core.home.ledgerFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('entries.jsonl'))
    .flatMap((name) => readFileSync(join(core.home.ledgerFolder, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as Partial<LedgerLine>)
    .flatMap(({ type, data }) => (type !== undefined && data ? [{ type, data }] : []));
}
