import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { counted, formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import type { LoadSummary } from '../../../src-shared/model/server-load.ts';
import type { Rates, RunFigures, RunStretches, TableCounts, TableFigures } from '../../app/run-figures.ts';
import type { RunDelivery } from '../../app/run-records.ts';
import type { WholeSoFar } from '../../app/whole-so-far.ts';
import { fitTable, fold, LINE_WIDTH } from './fit-table.ts';
import { loadWords } from './load-lines.ts';

const HEAD = ['SLOWEST', 'TOOK', 'ROWS/S', 'SIZE/S', 'WAITING', 'WRITING', 'CHECKING'];

/** A run in figures, for a person: what became of its tables, how much and how quick it was, which took longest, where the time went. */
export function reportLines(figures: RunFigures, load: LoadSummary | null = null): string[] {
  const { tables, slowest, time } = figures;
  return [
    ...indented(`Tables: ${countWords(tables)}`),
    ...indented(`Written: ${volumeWords(figures)}`),
    ...indented(stretchWords(time)),
    ...(load === null ? [] : loadWords(load).flatMap((words) => indented(words))),
    ...(slowest.length < 2 ? [] : slowestLines(slowest)),
  ];
}

/** A line per delivery that arrived: how much, how quick, and what was compared. */
export function deliveredLines(deliveries: readonly RunDelivery[]): string[] {
  return deliveries.flatMap((delivery) => {
    const words = deliveredWords(delivery);
    return words === null ? [] : indented(`Delivered to ${delivery.target}: ${words}`);
  });
}

/** null: it did not arrive, or nobody measured. */
export function deliveredWords({ state, volume }: RunDelivery): string | null {
  if (volume === undefined) return null;
  const { files, bytes, elapsedMs } = volume;
  const verdict = state === 'confirmed' ? 'every file compared' : 'each file read back';
  return `${counted(files, 'file')}, ${formatBytes(bytes)} in ${formatDuration(elapsedMs)}; ${verdict}, all the same`;
}

/** What of a run that died can be kept. */
export function wholeSoFarLines({ tables, parts, rows, bytes }: WholeSoFar): string[] {
  const whole = [
    ...(tables === 0 ? [] : [counted(tables, 'table')]),
    ...(parts === 0 ? [] : [`${counted(parts, 'part')} of ${tables === 0 ? 'unfinished tables' : 'others'}`]),
  ].join(' and ');
  const volume = `${counted(rows, 'row')}, ${formatBytes(bytes)}`;
  return indented(`It could not report. Whole by then: ${whole} (${volume}); hashed anew when it is gone on with.`);
}

/** `3 complete, 1 failed, 1 not reached`. */
export function countWords({ complete, unproven, failed, notReached, kept }: TableCounts): string {
  const parts = [
    [complete, 'complete'],
    [unproven, 'unproven'],
    [failed, 'failed'],
    [notReached, 'not reached'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  return [...(said.length === 0 ? ['none'] : said), ...(kept === 0 ? [] : [`${formatCount(kept)} of them kept`])].join(
    ', ',
  );
}

function volumeWords({ rows, bytes, files, elapsedMs, ...rates }: RunFigures): string {
  const volume = `${counted(rows, 'row')}, ${formatBytes(bytes)} in ${counted(files, 'file')}`;
  const took = elapsedMs === null ? '' : ` in ${formatDuration(elapsedMs)}`;
  return `${volume}${took}${rates.rowsPerSecond === null ? '' : `; ${rateWords(rates).join(', ')}`}`;
}

/** Rows and bytes of a second; `?` where nothing tells them. */
function rateWords({ rowsPerSecond, bytesPerSecond }: Rates): [rows: string, bytes: string] {
  return [
    rowsPerSecond === null ? '?' : `${formatCount(rowsPerSecond)} rows/s`,
    bytesPerSecond === null ? '?' : `${formatBytes(bytesPerSecond)}/s`,
  ];
}

function stretchWords({
  openingMs,
  waitingMs,
  writingMs,
  checkingMs,
  sealingMs,
  pausedMs,
  queuedMs,
}: RunStretches): string {
  const parts = [
    [queuedMs, 'waiting for the window'],
    [openingMs, 'until the snapshot'],
    [waitingMs, 'waiting for first rows'],
    [writingMs, 'reading and writing'],
    [checkingMs, 'reading back and counting'],
    [sealingMs, 'sealing'],
    [pausedMs, 'paused'],
  ] as const;
  const said = parts.flatMap(([took, word]) => (took === null ? [] : [`${formatDuration(took)} ${word}`]));
  return said.length === 0 ? '' : `Time: ${said.join(', ')}`;
}

function slowestLines(slowest: readonly TableFigures[]): string[] {
  return fitTable([HEAD, ...slowest.map(cellsOf)], { width: LINE_WIDTH - 2 }).map((line) => `  ${line}`);
}

function cellsOf({ name, elapsedMs, times, ...rates }: TableFigures): string[] {
  const { rowsPerSecond, bytesPerSecond } = rates;
  const stretches = times === null ? [null, null, null] : [times.waitingMs, times.writingMs, times.checkingMs];
  return [
    ...[name, formatDuration(elapsedMs)],
    ...[orUnknown(rowsPerSecond, formatCount), orUnknown(bytesPerSecond, formatBytes)],
    ...stretches.map((took) => orUnknown(took, formatDuration)),
  ];
}

/** `?` where it was not come to, or is not known. */
export function orUnknown(figure: number | null, words: (figure: number) => string): string {
  return figure === null ? '?' : words(figure);
}

function indented(text: string): string[] {
  return text === '' ? [] : fold(text, LINE_WIDTH - 2).map((line, at) => (at === 0 ? `  ${line}` : `    ${line}`));
}
