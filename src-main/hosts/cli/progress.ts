import type { RunEvent } from '../../engine/run/table-job.ts';
import type { CliIo } from './cli-io.ts';
import { usage } from './parse-arguments.ts';
import { terminalSafe } from './terminal-safe.ts';

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
  return (event) => {
    if (event.type === 'table.progress' && Date.now() - last < PLAIN_EVERY_MS) return;
    last = Date.now();
    io.stderr.write(`${describeEvent(event, null)}\n`);
  };
}

function bar(io: CliIo): (event: RunEvent) => void {
  const estimates = new Map<string, number | null>();
  return (event) => {
    if (event.type === 'table.started') estimates.set(event.table, event.estimatedRows);
    const name = event.type === 'table.finished' ? event.result.name : event.table;
    const line = describeEvent(event, estimates.get(name) ?? null);
    io.stderr.write(`\r\u001b[2K${line.slice(0, Math.max(20, (io.stderr.columns ?? 100) - 1))}`);
    if (event.type === 'table.finished') io.stderr.write('\n');
  };
}

function describeEvent(event: RunEvent, estimatedRows: number | null): string {
  switch (event.type) {
    case 'table.started':
      return `${terminalSafe(event.table)}: reading${event.estimatedRows === null ? '' : ` about ${event.estimatedRows} rows (estimate)`}`;
    case 'table.progress': {
      const share = estimatedRows === null || estimatedRows === 0 ? null : Math.min(1, event.rows / estimatedRows);
      const eta = event.etaMs === null ? '' : `, about ${duration(event.etaMs)} left (estimate)`;
      const drawn = share === null ? '' : ` ${'█'.repeat(Math.round(share * BAR_CELLS)).padEnd(BAR_CELLS, '·')}`;
      return `${terminalSafe(event.table)}:${drawn} ${event.rows} rows, ${size(event.bytes)}, ${event.rowsPerSecond} rows/s${eta}`;
    }
    case 'table.checking':
      return `${terminalSafe(event.table)}: ${event.rows} rows, ${size(event.bytes)} written, reading back`;
    case 'table.finished': {
      const { result } = event;
      const rows = `source ${result.sourceRows ?? '?'}, written ${result.writtenRows ?? '?'}, re-read ${result.rereadRows ?? '?'}`;
      return `${terminalSafe(result.name)}: ${result.verdict} (${rows})${result.why === undefined ? '' : `. ${terminalSafe(result.why)}`}`;
    }
  }
}

/** Bytes in binary units. */
export function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ''}`;
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
