import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import type { RunFacts } from '../../src-main/app/run-records.ts';
import type { ReportedTable } from '../../src-main/app/run-times.ts';

export interface PastRunWish {
  readonly plan: string;
  readonly planPath?: string;
  readonly started: Date;
  readonly tookMs: number;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  readonly state?: RunFacts['state'];
  /** Of its tables, the first so many are whole. */
  readonly whole?: number;
}

const BYTES_A_ROW = 61;

/** Writes the record of a run as it would lie in a home after it; gives its id. */
export function writePastRun(runsFolder: string, wish: PastRunWish): string {
  const { plan, started, tookMs, tables, state = 'succeeded', whole = tables.length } = wish;
  const run = ulid(started.getTime());
  const results = tables.map((table, at) =>
    resultOf(table, { elapsedMs: tookMs / tables.length, isWhole: at < whole }),
  );
  const facts: RunFacts = {
    ...{ run, state, plan, connection: 'shop', folder: '/gone', package: null, started: started.toISOString() },
    ...(wish.planPath === undefined ? {} : { planPath: wish.planPath }),
    ended: new Date(started.getTime() + tookMs).toISOString(),
    ...(state === 'interrupted' ? {} : { report: { run, state, tables: results, planned: tables.length } }),
  };
  mkdirSync(join(runsFolder, run), { recursive: true });
  writeFileSync(join(runsFolder, run, 'state.json'), `${JSON.stringify(facts)}\n`);
  return run;
}

function resultOf(
  { name, rows }: PastRunWish['tables'][number],
  { elapsedMs, isWhole }: { readonly elapsedMs: number; readonly isWhole: boolean },
): ReportedTable {
  const counts = isWhole ? rows : null;
  return {
    ...{ name: `public.${name}`, table: ['public', name], elapsedMs: Math.round(elapsedMs) },
    ...{ sourceRows: counts, writtenRows: counts, rereadRows: counts, verdict: isWhole ? 'complete' : 'incomplete' },
    resources: isWhole ? [{ path: `data/${name}.csv`, bytes: rows * BYTES_A_ROW, sha256: '0'.repeat(64), rows }] : [],
  };
}

const DAY_MS = 86_400_000;

/** A run a night, with what happens in the life of a plan: growth, a cancelled run, one that died, one with fewer tables. */
export function writeNightlyRuns(
  runsFolder: string,
  { plan, count, last }: { readonly plan: string; readonly count: number; readonly last: Date },
): readonly string[] {
  return Array.from({ length: count }, (_, at) => {
    const rows = Math.round(200_000 * (1 + at / count) + 7000 * Math.sin(at * 1.7));
    const tables = [
      { name: 'customers', rows: Math.round(rows / 8) },
      { name: 'orders', rows },
      { name: 'order_items', rows: rows * 4 },
    ];
    const fromEnd = count - 1 - at;
    const wish = { plan, started: new Date(last.getTime() - fromEnd * DAY_MS), tookMs: 60_000 + rows / 4, tables };
    if (fromEnd % 23 === 7) return writePastRun(runsFolder, { ...wish, state: 'partial', whole: 2 });
    if (fromEnd % 23 === 11) return writePastRun(runsFolder, { ...wish, state: 'interrupted' });
    if (fromEnd % 23 === 15) return writePastRun(runsFolder, { ...wish, state: 'cancelled', whole: 1, tookMs: 20_000 });
    if (fromEnd % 23 === 4) return writePastRun(runsFolder, { ...wish, tables: tables.slice(0, 2), tookMs: 30_000 });
    return writePastRun(runsFolder, wish);
  });
}
