// npm run bench: exports beside the database's own client, side by side in one run, on a server made for it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../servers/postgres.ts';
import { datasetSql, MASKED_COLUMNS, TABLE } from './dataset.ts';
import { measure, median, type Measurement } from './measure.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string' }, rounds: { type: 'string' }, quick: { type: 'boolean' } },
});
const rows = Number(values.rows ?? (values.quick === true ? 200_000 : 5_000_000));
const rounds = Number(values.rounds ?? (values.quick === true ? 1 : 3));

const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
const server = await startPostgres({ settings: { shared_buffers: '2GB', max_wal_size: '8GB' } });
try {
  print(`Making ${rows} rows …`);
  await server.sql(datasetSql(rows));
  const home = join(folder, 'home');
  const waybill = (...args: string[]): { command: string; args: string[]; env: Record<string, string> } => ({
    command: process.execPath,
    args: ['dist/cli/cli.mjs', '--home', home, '--quiet', '--progress', 'none', ...args],
    env: { WAYBILL_PASSPHRASE: 'a passphrase for the bench alone' },
  });
  await measure(
    waybill(
      'connection',
      'add',
      'bench',
      '--connector',
      'postgres',
      '--host',
      server.host,
      '--port',
      String(server.port),
      '--user',
      server.user,
      '--database',
      'postgres',
    ),
  );
  const contenders: Record<string, () => Promise<Measurement>> = {
    'psql \\copy csv': () =>
      measure({
        command: 'psql',
        args: [
          '-h',
          server.host,
          '-p',
          String(server.port),
          '-U',
          server.user,
          '-d',
          'postgres',
          '-q',
          '-c',
          `\\copy ${TABLE} to '${join(folder, 'psql.csv')}' csv header`,
        ],
      }),
    'waybill, plain': () => measure(waybill('run', plan(false), '--out', join(folder, 'out'), '--accept-catalog')),
    'waybill, three masks': () => measure(waybill('run', plan(true), '--out', join(folder, 'out'), '--accept-catalog')),
  };
  await run(contenders);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

function plan(masked: boolean): string {
  const path = join(folder, masked ? 'masked.plan.yaml' : 'plain.plan.yaml');
  const masks = `{ email: { mask: ${MASKED_COLUMNS.email}, class: person.email }, full_name: { mask: ${MASKED_COLUMNS.full_name} }, phone: { mask: ${MASKED_COLUMNS.phone}, keepLast: 4 } }`;
  writeFileSync(
    path,
    `waybill: 1\nname: bench\npurpose: a measurement\nconnection: bench\ntables:\n  - table: public.${TABLE}\n${masked ? `    masks: ${masks}\n` : ''}format: { type: csv }\n`,
  );
  return path;
}

async function run(contenders: Record<string, () => Promise<Measurement>>): Promise<void> {
  const results = new Map<string, Measurement[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, contend] of Object.entries(contenders)) {
      const result = await contend();
      results.set(name, [...(results.get(name) ?? []), result]);
      print(`  ${name}: ${result.seconds.toFixed(2)} s, peak ${(result.peakBytes / 1e6).toFixed(0)} MB`);
      rmSync(join(folder, 'out'), { recursive: true, force: true });
    }
  }
  const base = median((results.get('psql \\copy csv') ?? []).map((result) => result.seconds));
  print(`\n${rows} rows × 13 columns, ${rounds} rounds, ${cpus().length} cores, Node ${process.version}\n`);
  print('| contender | median s | rows/s | × psql | peak MB |');
  print('|---|---:|---:|---:|---:|');
  for (const [name, list] of results) {
    const seconds = median(list.map((result) => result.seconds));
    const peak = Math.max(...list.map((result) => result.peakBytes)) / 1e6;
    print(
      `| ${name} | ${seconds.toFixed(2)} | ${Math.round(rows / seconds)} | ${(base / seconds).toFixed(2)} | ${peak.toFixed(0)} |`,
    );
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
