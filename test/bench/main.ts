// npm run bench: exports beside the databases' own clients, side by side in one run, on servers made for it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure } from './measure.ts';
import { resultLines, writeReport, type Result } from './report.ts';
import { mariadbScenario } from './scenarios/mariadb.ts';
import { memoryScenario } from './scenarios/memory.ts';
import { postgresScenario } from './scenarios/postgres.ts';
import { pseudonymScenario } from './scenarios/pseudonym.ts';
import type { Contender, Effort, Scenario } from './scenarios/scenario.ts';
import { sqliteScenario } from './scenarios/sqlite.ts';

const SCENARIOS = {
  postgres: postgresScenario,
  mariadb: mariadbScenario,
  sqlite: sqliteScenario,
  pseudonym: pseudonymScenario,
  memory: memoryScenario,
} satisfies Record<string, (folder: string, effort: Effort) => Promise<Scenario>>;
/** They are not made small. */
const SLOW: readonly string[] = ['memory'];
/** Rows that are compared, cell by cell, before anything is timed. */
const COMPARED_ROWS = 5000;
const WHOLE_ROWS = 5_000_000;

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});
const rows = Number(values.rows ?? (values.quick ? 100_000 : WHOLE_ROWS));
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));

const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
const reports: { readonly title: string; readonly results: readonly Result[] }[] = [];
try {
  for (const [name, open] of Object.entries(SCENARIOS)) {
    if (values.only === undefined ? values.quick && SLOW.includes(name) : !values.only.includes(name)) continue;
    const place = join(folder, name);
    mkdirSync(place);
    await using scenario = await open(place, { quick: values.quick });
    const results = await run(scenario);
    reports.push({ title: scenario.title, results });
    print(['', scenario.title, '', ...resultLines(results, rows), ''].join('\n'));
    rmSync(place, { recursive: true, force: true });
  }
  // What is published comes from a whole run.
  if (values.only === undefined && rows === WHOLE_ROWS && rounds >= 3) writeReport(reports, { rows, rounds });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(scenario: Scenario): Promise<readonly Result[]> {
  print(`${scenario.title}: comparing ${COMPARED_ROWS} rows …`);
  await scenario.fill(COMPARED_ROWS);
  await compare(scenario.contenders);
  print(`Making ${rows} rows …`);
  await scenario.fill(rows);
  const results = scenario.contenders.map((contender): Result => ({ contender, measured: [], synced: [] }));
  for (let round = 0; round < Math.min(rounds, scenario.rounds ?? rounds); round++) {
    for (const { contender, measured, synced } of results) {
      if (round >= (contender.rounds ?? rounds)) continue;
      const found = await measure(contender.command());
      const sync = await measure({ command: 'sync', args: ['-f', contender.out] });
      measured.push(found);
      synced.push(found.seconds + sync.seconds);
      print(`  ${contender.name}: ${found.seconds.toFixed(2)} s, peak ${(found.peakBytes / 1e6).toFixed(0)} MB`);
      rmSync(contender.out, { recursive: true, force: true });
    }
  }
  return results;
}

/** All who write the rows as they are write the same rows. */
async function compare(contenders: readonly Contender[]): Promise<void> {
  let first: { readonly name: string; readonly rows: readonly string[] } | null = null;
  for (const contender of contenders) {
    await measure(contender.command());
    const found = contender
      .rows?.()
      .map((row) => JSON.stringify(row))
      .toSorted();
    rmSync(contender.out, { recursive: true, force: true });
    if (found === undefined) continue;
    first ??= { name: contender.name, rows: found };
    const at = found.findIndex((row, index) => row !== first?.rows[index]);
    if (found.length !== COMPARED_ROWS || at >= 0) {
      throw new Error(
        `${contender.name} and ${first.name} differ: ${found.length} rows; ${found[at] ?? ''} for ${first.rows[at] ?? ''}`,
      );
    }
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
