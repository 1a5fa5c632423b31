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

/** The table of one scenario. Ratios are those of the median of the contender beside it to its own. */
export function resultLines(results: readonly Result[], rows: number): string[] {
  const seconds = ({ measured }: Result): number => median(measured.map((one) => one.seconds));
  const base = ({ contender }: Result): Result | undefined =>
    results.find(({ contender: { name } }) => name === contender.beside) ?? results[0];
  return [
    `| contender | median s | with sync s | rows/s | × | of | peak MB |`,
    '|---|---:|---:|---:|---:|---|---:|',
    ...results.map((result) => {
      const beside = base(result) ?? result;
      const peak = Math.max(...result.measured.map(({ peakBytes }) => peakBytes)) / 1e6;
      const figures = [
        seconds(result).toFixed(2),
        median(result.synced).toFixed(2),
        result.contender.times === 0
          ? '–'
          : String(Math.round(((result.contender.times ?? 1) * rows) / seconds(result))),
        (seconds(beside) / seconds(result)).toFixed(2),
        beside.contender.name,
        peak.toFixed(0),
      ];
      return `| ${[result.contender.name, ...figures].join(' | ')} |`;
    }),
    ...results.flatMap((result) => {
      const { compared, name } = result.contender;
      const faster = results.find(({ contender }) => contender.name === compared);
      if (faster === undefined) return [];
      return ['', `${compared ?? ''}: ${(seconds(result) / seconds(faster)).toFixed(1)} × as fast as ${name}.`];
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
