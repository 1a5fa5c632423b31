import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { median, type Measurement } from './measure.ts';
import type { Contender } from './scenarios/scenario.ts';

/** What one contender was measured at, round by round. */
export interface Result {
  readonly contender: Contender;
  readonly measured: Measurement[];
  /** Seconds with a `sync -f` of what was written: Waybill has synced by itself. */
  readonly synced: number[];
}

/** The table of one scenario. Ratios are those of the first contender's median to the others'. */
export function resultLines(results: readonly Result[], rows: number): string[] {
  const seconds = ({ measured }: Result): number => median(measured.map((one) => one.seconds));
  const base = results[0] === undefined ? 0 : seconds(results[0]);
  return [
    `| contender | median s | with sync s | rows/s | × ${results[0]?.contender.name ?? ''} | peak MB |`,
    '|---|---:|---:|---:|---:|---:|',
    ...results.map((result) => {
      const peak = Math.max(...result.measured.map(({ peakBytes }) => peakBytes)) / 1e6;
      const figures = [
        seconds(result).toFixed(2),
        median(result.synced).toFixed(2),
        String(Math.round(rows / seconds(result))),
        (base / seconds(result)).toFixed(2),
        peak.toFixed(0),
      ];
      return `| ${[result.contender.name, ...figures].join(' | ')} |`;
    }),
  ];
}

/** Writes docs/benchmarks.md anew. */
export function writeReport(
  scenarios: readonly { readonly title: string; readonly results: readonly Result[] }[],
  { rows, rounds }: { readonly rows: number; readonly rounds: number },
): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? ''}, server and client on the same machine`;
  const lines = [
    '# Benchmarks',
    '',
    'Made by `npm run bench`; medians of contenders that took turns in one run. Only the ratios say something about another machine.',
    'Before anything is timed, all contenders’ rows are compared cell by cell. Time is that of the whole process, from its start to its end.',
    '',
    `${rows} rows, ${rounds} rounds, ${new Date().toISOString().slice(0, 10)}, ${machine}, Node ${process.version}.`,
    ...scenarios.flatMap(({ title, results }) => [
      ...['', `## ${title}`, '', ...resultLines(results, rows), ''],
      ...results.map(({ contender }) => `- ${contender.name}: ${contender.shown}; ${contender.version}`),
    ]),
    '',
  ];
  writeFileSync('docs/benchmarks.md', lines.join('\n'));
}
