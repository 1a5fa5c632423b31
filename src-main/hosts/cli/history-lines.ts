import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import type { RunFigures } from '../../app/run-figures.ts';
import type { RunFacts } from '../../app/run-records.ts';
import { layOutTable } from './output.ts';
import { orUnknown } from './report-lines.ts';

const HEAD = ['STARTED (UTC)', 'TOOK', 'TABLES', 'ROWS', 'SIZE', 'ROWS/S', 'SIZE/S'];
const FIGURES = [1, 2, 3, 4, 5, 6];

/** Two lines a run: its figures, and below them its name and how it ended. `?` where its record does not tell. */
export function historyLines(
  runs: readonly (Pick<RunFacts, 'run' | 'state' | 'started' | 'resumes'> & { readonly summary: RunFigures | null })[],
): string[] {
  const [head = '', ...lines] = layOutTable([HEAD, ...runs.map(cellsOf)], FIGURES);
  return [
    head,
    ...runs.flatMap(({ run, state, resumes }, at) => [
      lines[at] ?? '',
      `  ${run}  ${state}${resumes === undefined ? '' : `, goes on with ${resumes}`}`,
    ]),
  ];
}

function cellsOf({ started, summary }: { readonly started: string; readonly summary: RunFigures | null }): string[] {
  const when = started.slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
  if (summary === null) return [when, ...FIGURES.map(() => '?')];
  const { tables, rows, bytes, elapsedMs, rowsPerSecond, bytesPerSecond } = summary;
  return [
    ...[when, orUnknown(elapsedMs, formatDuration)],
    `${formatCount(tables.complete + tables.unproven)} of ${formatCount(tables.planned)}`,
    ...[formatCount(rows), formatBytes(bytes)],
    ...[orUnknown(rowsPerSecond, formatCount), orUnknown(bytesPerSecond, formatBytes)],
  ];
}
