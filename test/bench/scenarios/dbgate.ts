import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresServer } from '../../servers/postgres.ts';
import { csvRows } from './csv-rows.ts';
import type { Contender } from './scenario.ts';

const VERSION = '7.2.2';
const INSTALL_MS = 180_000;

/** Its engine without its windows: a table's reader into its writer of CSV. */
const SCRIPT = `
const own = (module) => (module.__esModule ? module.default : module);
process.send ??= () => true;
const [, , login, table, out] = process.argv;
(async () => {
  const api = require('dbgate-api');
  const [postgres, csv] = ['dbgate-plugin-postgres', 'dbgate-plugin-csv'].map((name) => own(require(name)));
  await api.initializeApiEnvironment();
  api.registerPlugins(postgres, csv);
  const connection = { engine: 'postgres@dbgate-plugin-postgres', ...JSON.parse(login) };
  const reader = await api.tableReader({ connection, schemaName: 'public', pureName: table });
  const how = { encoding: 'utf-8', header: true, delimiter: ',', quoted: false };
  await api.copyStream(reader, await csv.shellApi.writer({ fileName: out, ...how }));
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(1); });
`;

/**
 * DBGate's engine, installed into a folder of its own for as long as the bench runs; null: it cannot be had. As published it
 * names a package that is gone from the registry and that the runtime has built in: anything may stand in its place.
 */
export function dbgate(folder: string, server: PostgresServer, table: string): Contender | null {
  const place = join(folder, 'dbgate');
  mkdirSync(place);
  const names = ['dbgate-api', 'dbgate-plugin-postgres', 'dbgate-plugin-csv'];
  const dependencies = Object.fromEntries(names.map((name) => [name, VERSION]));
  const overrides = { http: 'npm:ms@2.1.3' };
  writeFileSync(join(place, 'package.json'), JSON.stringify({ private: true, dependencies, overrides }));
  const script = join(place, 'export.cjs');
  writeFileSync(script, SCRIPT);
  try {
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
    execFileSync('npm', ['install', ...flags], { cwd: place, stdio: 'ignore', timeout: INSTALL_MS });
  } catch {
    process.stdout.write(`DBGate ${VERSION} could not be installed: nothing is put beside its engine.\n`);
    return null;
  }
  const out = join(folder, 'dbgate.csv');
  const { host, port, user, password } = server;
  const login = JSON.stringify({ server: host, port, user, password, database: 'postgres' });
  return {
    name: 'DBGate’s engine',
    shown: 'a script that runs `tableReader`, `copyStream` and its CSV writer, once',
    version: `dbgate-api ${VERSION} on Node ${process.version}`,
    compared: 'waybill, plain',
    rounds: 1,
    out,
    // It keeps files of its own in the home of whoever runs it.
    command: () => ({ command: process.execPath, args: [script, login, table, out], env: { HOME: place } }),
    rows: () => csvRows(readFileSync(out, 'utf8')).map((row) => row.map(asTheServerSpells)),
  };
}

/** It takes JSON apart and writes it anew, without the blanks; a moment has a T and a Z as Waybill has them. */
function asTheServerSpells(cell: string): string {
  if (!cell.startsWith('{')) return cell.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)\+00$/, '$1T$2Z');
  const members = Object.entries(JSON.parse(cell) as Record<string, unknown>);
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')}}`;
}
