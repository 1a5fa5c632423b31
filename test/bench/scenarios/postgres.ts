import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '../../servers/postgres.ts';
import { datasetSql, MASKED_COLUMNS, TABLE } from '../dataset.ts';
import { csvRows } from './csv-rows.ts';
import { dbgate } from './dbgate.ts';
import type { Contender, Effort, Scenario } from './scenario.ts';
import { unpackedText, WaybillBench } from './waybill-contender.ts';

/** PostgreSQL to CSV, beside `psql \\copy`. */
export async function postgresScenario(folder: string, { quick }: Effort = { quick: true }): Promise<Scenario> {
  const server = await startPostgres({ settings: { shared_buffers: '2GB', max_wal_size: '8GB' } });
  const login = ['--host', server.host, '--port', String(server.port), '--user', server.user, '--database', 'postgres'];
  const psqlLogin = ['-h', server.host, '-p', String(server.port), '-U', server.user, '-d', 'postgres'];
  const waybill = new WaybillBench(folder);
  waybill.connect(['--connector', 'postgres', ...login]);
  const { email, full_name: name, phone } = MASKED_COLUMNS;
  const masks = `{ email: { mask: ${email}, class: person.email }, full_name: { mask: ${name} }, phone: { mask: ${phone}, keepLast: 4 } }`;
  const table = `public.${TABLE}`;
  return {
    title: `PostgreSQL ${(await server.sql('show server_version')).trim()} → CSV, 13 columns`,
    fill: async (rows) => {
      await server.sql(`drop table if exists ${TABLE}; ${datasetSql(rows)}`);
    },
    contenders: [
      psql(join(folder, 'psql.csv'), psqlLogin),
      waybill.contender('waybill, plain', { table, masks: null }),
      waybill.contender('waybill, three masks', { table, masks }),
      waybill.contender('waybill, two readers', { table, readers: 2 }),
      psqlZstd(join(folder, 'psql.csv.zst'), psqlLogin),
      waybill.contender('waybill, zst', { table, compress: 'zstd', beside: PSQL_ZSTD }),
      ...(quick ? [] : [dbgate(folder, server, TABLE)].filter((peer) => peer !== null)),
    ],
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

const PSQL_ZSTD = 'psql \\copy csv to zstd -3';

function psql(out: string, login: readonly string[]): Contender {
  const copy = `\\copy ${TABLE} to '${out}' csv header`;
  return {
    name: 'psql \\copy csv',
    shown: '`psql -c "\\copy … to … csv header"`, CSV',
    version: execFileSync('psql', ['--version'], { encoding: 'utf8' }).trim(),
    out,
    command: () => ({ command: 'psql', args: [...login, '-q', '-c', copy] }),
    rows: () => csvRows(readFileSync(out, 'utf8')).map((row) => row.map(inWaybillsSpelling)),
  };
}

function psqlZstd(out: string, login: readonly string[]): Contender {
  const script = `set -o pipefail; psql "$@" -q -c '\\copy ${TABLE} to stdout csv header' | zstd -3 -q -o '${out}'`;
  return {
    name: PSQL_ZSTD,
    shown: '`psql -c "\\copy … to stdout csv header" | zstd -3`, CSV.zst',
    version: execFileSync('zstd', ['--version'], { encoding: 'utf8' }).trim(),
    beside: PSQL_ZSTD,
    out,
    command: () => ({ command: 'bash', args: ['-c', script, 'bash', ...login] }),
    rows: () => csvRows(unpackedText(out)).map((row) => row.map(inWaybillsSpelling)),
  };
}

/** The same value as Waybill spells it: `t` is `true`, a moment has a T and a Z. */
function inWaybillsSpelling(cell: string): string {
  if (cell === 't' || cell === 'f') return cell === 't' ? 'true' : 'false';
  return cell.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)\+00$/, '$1T$2Z');
}
