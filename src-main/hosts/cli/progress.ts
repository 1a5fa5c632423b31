import type { LoadEvent } from '../../engine/run/load-tally.ts';
import type { RunEvent, StillEvent, TableEvent } from '../../engine/run/table-job.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { counted, formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { blockedWords, unaskedWords } from './load-lines.ts';
import type { CliIo } from './cli-io.ts';
import { usage } from './parse-arguments.ts';
import { terminalSafe } from './terminal-safe.ts';
import { rowCount } from './verdict-lines.ts';
import { columnsOf, wrapLine } from './wrap-text.ts';

export type ProgressMode = 'plain' | 'bar' | 'json' | 'none';

/** `auto` is a bar on a terminal and plain lines elsewhere. */
export function progressMode(wanted: string | undefined, io: CliIo, quiet: boolean): ProgressMode {
  switch (wanted ?? 'auto') {
    case 'auto':
      if (quiet) return 'none';
      return io.stderr.isTTY ? 'bar' : 'plain';
    case 'plain':
    case 'json':
    case 'none':
      return wanted as ProgressMode; // proven by the cases above
    default:
      throw usage(`--progress knows no "${wanted}".`, 'Choose auto, plain, json or none.');
  }
}

const PLAIN_EVERY_MS = 2000;
const BAR_CELLS = 24;

/** A function that shows a run's events on stderr. */
export function showProgress(mode: ProgressMode, io: CliIo): (event: RunEvent) => void {
  switch (mode) {
    case 'none':
      return () => undefined;
    case 'json':
      return (event) => void io.stderr.write(`${JSON.stringify(event)}\n`);
    case 'plain':
      return plainLines(io);
    case 'bar':
      return bar(io);
  }
}

function plainLines(io: CliIo): (event: RunEvent) => void {
  let last = Date.now();
  const ofLoad = loadNews();
  return (event) => {
    if (event.type === 'server.load') return ofLoad(event).forEach((line) => writeWrapped(io, line));
    if (event.type === 'table.progress' && Date.now() - last < PLAIN_EVERY_MS) return;
    last = Date.now();
    writeWrapped(io, isStill(event) ? describeStill(event) : describeEvent(event, null));
  };
}

function bar(io: CliIo): (event: RunEvent) => void {
  const estimates = new Map<string, number | null>();
  const ofLoad = loadNews();
  return (event) => {
    if (event.type === 'server.load') {
      const lines = ofLoad(event);
      if (lines.length > 0) io.stderr.write(CLEAR_LINE);
      return lines.forEach((line) => writeWrapped(io, line));
    }
    if (isStill(event)) {
      io.stderr.write(CLEAR_LINE);
      return writeWrapped(io, describeStill(event));
    }
    if (event.type === 'table.started') estimates.set(event.table, event.estimatedRows);
    const name = event.type === 'table.finished' ? event.result.name : event.table;
    const line = describeEvent(event, estimates.get(name) ?? null);
    if (event.type === 'table.finished') {
      io.stderr.write(CLEAR_LINE);
      writeWrapped(io, line);
    } else writeBar(io, line);
  };
}

const CLEAR_LINE = '\r\u001b[2K';

/** Shows a line in place of the one before; cut, since one that wraps could not be taken back. */
export function writeBar(io: CliIo, line: string): void {
  io.stderr.write(`${CLEAR_LINE}${line.slice(0, columnsOf(io.stderr, io.env) - 1)}`);
}

/** A line of progress that stays. */
export function writeWrapped(io: CliIo, line: string): void {
  for (const part of wrapLine(line, columnsOf(io.stderr, io.env))) io.stderr.write(`${part}\n`);
}

const isStill = (event: RunEvent): event is StillEvent => event.type.startsWith('run.');

/** What of the looks at the server is worth a line: that somebody keeps the run from going on, and that a right is missing. */
function loadNews(): (event: LoadEvent) => readonly string[] {
  let blocked: LoadEvent['blocked'] = null;
  let saidUnasked = false;
  return (event) => {
    const before = blocked;
    blocked = event.blocked;
    const unasked = saidUnasked ? null : unaskedWords(event.soFar);
    saidUnasked ||= unasked !== null;
    return [
      ...(unasked === null ? [] : [terminalSafe(unasked)]),
      ...(before === null && blocked !== null ? [terminalSafe(blockedWords(blocked))] : []),
      ...(before !== null && blocked === null
        ? [`The lock is gone after ${formatDuration(before.forMs)} at least.`]
        : []),
    ];
  };
}

function describeStill(event: StillEvent): string {
  if (event.type === 'run.queued') {
    return `Waiting, without a connection, for the window of the plan (${event.window}), which begins at ${event.until.toISOString()}.`;
  }
  if (event.type === 'run.begins') return `The wait is over after ${formatDuration(event.queuedMs)}.`;
  if (event.type === 'run.paused') {
    const first = event.afterStatement ? ' What is being read is read to its end first.' : '';
    const most = Math.round(event.until.getTime() / 60_000 - event.since.getTime() / 60_000);
    return `Paused for ${counted(most, 'minute')} at most; SIGUSR2 again goes on.${first} The snapshot stays open. ${event.meanwhile}`;
  }
  const took = `after ${formatDuration(event.pausedMs)}`;
  switch (event.reason) {
    case 'asked':
      return `Going on ${took}.`;
    case 'limit':
      return `Going on by itself ${took}: that is the plan's limit (limits.pauseMinutes).`;
    case 'over':
      return `The pause is over ${took}: there is nothing left to read.`;
  }
}

function describeEvent(event: TableEvent, estimatedRows: number | null): string {
  switch (event.type) {
    case 'table.started':
      return `${terminalSafe(event.table)}: reading${event.estimatedRows === null ? '' : ` about ${counted(event.estimatedRows, 'row')} (estimate)`}`;
    case 'table.kept':
      return `${terminalSafe(event.table)}: ${counted(event.rows, 'row')} of an earlier run are kept`;
    case 'table.progress': {
      const share = estimatedRows === null || estimatedRows === 0 ? null : Math.min(1, event.rows / estimatedRows);
      const eta = event.etaMs === null ? '' : `, about ${duration(event.etaMs)} left (estimate)`;
      const drawn = share === null ? '' : ` ${'█'.repeat(Math.round(share * BAR_CELLS)).padEnd(BAR_CELLS, '·')}`;
      return `${terminalSafe(event.table)}:${drawn} ${counted(event.rows, 'row')}, ${formatBytes(event.bytes)}, ${formatCount(event.rowsPerSecond)} rows/s${eta}`;
    }
    case 'table.retry':
      return `${terminalSafe(event.table)}: ${terminalSafe(event.error.message)} The piece that it was at is read again (${ordinal(event.attempt)} time).`;
    case 'table.checking':
      return `${terminalSafe(event.table)}: ${counted(event.rows, 'row')}, ${formatBytes(event.bytes)} written, reading back`;
    case 'table.finished': {
      const { result } = event;
      const rows = `source ${rowCount(result.sourceRows)}, written ${rowCount(result.writtenRows)}, re-read ${rowCount(result.rereadRows)}`;
      return `${terminalSafe(result.name)}: ${result.verdict} (${rows})${result.why === undefined ? '' : `. ${terminalSafe(result.why)}`}`;
    }
  }
}

const ordinal = (count: number): string => ['first', 'second', 'third'][count - 1] ?? `${count}th`;

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
