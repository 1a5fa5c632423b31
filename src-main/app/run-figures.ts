import { isAlive } from '../../src-shared/model/run-state.ts';
import type { RunFacts } from './run-records.ts';
import { reportOf } from './run-report.ts';
import type { ReportedTable, StageTimes, TableTimes } from './run-times.ts';

/** Of a run the tables that took longest. */
const SLOWEST = 5;
const SECOND = 1000;

/** How quick something was. Null: nothing was measured, or it was too short to tell. */
export interface Rates {
  readonly rowsPerSecond: number | null;
  readonly bytesPerSecond: number | null;
}

export interface TableFigures extends Rates {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly elapsedMs: number;
  /** Where its time went; null: that was not measured. */
  readonly times: TableTimes | null;
}

/** What became of the tables of a run. */
export interface TableCounts {
  readonly planned: number;
  readonly complete: number;
  readonly unproven: number;
  readonly failed: number;
  /** The run ended before it came to them. */
  readonly notReached: number;
  /** Of those that are whole: taken over from an earlier run. */
  readonly kept: number;
}

/** Where the time of a run went, summed over its tables. Null: not measured, or not come to. */
export type RunStretches = StageTimes & Record<keyof Omit<TableTimes, 'began' | 'ended'>, number | null>;

/** A run in figures, from its own record. */
export interface RunFigures extends Rates {
  readonly tables: TableCounts;
  /** Of the package, with what it has from earlier runs. */
  readonly rows: number;
  readonly bytes: number;
  readonly files: number;
  /**
   * From its start to the end of its package; deliveries come after that. Null: not known. Its rates count what it read
   * itself, and not the time for which it waited for its window or was paused.
   */
  readonly elapsedMs: number | null;
  /** Of the tables that it read, those that took longest, the longest first. */
  readonly slowest: readonly TableFigures[];
  readonly time: RunStretches;
}

export interface MeasuredRun {
  readonly tables: readonly ReportedTable[];
  readonly planned: number;
  readonly elapsedMs: number | null;
  readonly stages: StageTimes;
}

/** A run that has ended, in figures; null: its record does not tell them. */
export function figuresOf(facts: RunFacts): RunFigures | null {
  const { state, started, ended } = facts;
  const report = reportOf(facts);
  if (facts.report === undefined || isAlive(facts) || state === 'interrupted') return null;
  const { tables, stages } = report;
  return summarize({ tables, planned: report.planned, stages, elapsedMs: elapsedBetween(started, ended) });
}

/** Milliseconds between two times of one clock; null where one is missing. A clock that was set back tells nothing. */
export function elapsedBetween(started: string, ended: string | undefined): number | null {
  const between = ended === undefined ? NaN : Date.parse(ended) - Date.parse(started);
  return between >= 0 ? between : null;
}

export function summarize({ tables, planned, elapsedMs, stages }: MeasuredRun): RunFigures {
  const movingMs = elapsedMs === null ? null : elapsedMs - (stages.pausedMs ?? 0) - (stages.queuedMs ?? 0);
  const own = tables.filter(({ readBy, notReached }) => readBy === undefined && notReached === undefined);
  const all = tables.map(figuresOfTable);
  const read = own.map(figuresOfTable);
  return {
    tables: countsOf(tables, planned),
    ...{ rows: sum(all, 'rows'), bytes: sum(all, 'bytes') },
    files: tables.reduce((files, { resources }) => files + resources.length, 0),
    elapsedMs,
    ...ratesOf(readBySelf(own), read.length === 0 ? null : movingMs),
    slowest: read.toSorted((a, b) => b.elapsedMs - a.elapsedMs).slice(0, SLOWEST),
    time: { ...stages, ...stretchesOf(read) },
  };
}

function countsOf(tables: readonly ReportedTable[], planned: number): TableCounts {
  const count = (holds: (table: ReportedTable) => boolean): number => tables.filter(holds).length;
  return {
    planned: Math.max(planned, tables.length),
    complete: count(({ verdict }) => verdict === 'complete'),
    unproven: count(({ verdict }) => verdict === 'unproven'),
    failed: count(({ verdict, notReached }) => verdict === 'incomplete' && notReached === undefined),
    notReached: Math.max(0, planned - tables.length) + count(({ notReached }) => notReached !== undefined),
    kept: count(({ readBy, verdict }) => readBy !== undefined && verdict !== 'incomplete'),
  };
}

/** Without the parts that an earlier run read: they took no time of this one. */
function readBySelf(tables: readonly ReportedTable[]): { readonly rows: number; readonly bytes: number } {
  const files = tables.flatMap(({ resources }) => resources).filter(({ readBy }) => readBy === undefined);
  return {
    rows: files.reduce((rows, file) => rows + file.rows, 0),
    bytes: files.reduce((bytes, file) => bytes + file.bytes, 0),
  };
}

export function figuresOfTable(table: ReportedTable): TableFigures {
  const { name, writtenRows, resources, elapsedMs, times } = table;
  const volume = {
    rows: writtenRows ?? 0,
    bytes: resources.reduce((bytes, file) => bytes + file.bytes, 0),
  };
  // What failed before it was written keeps nothing, and nothing tells how quick it was.
  return {
    name,
    ...volume,
    elapsedMs,
    ...ratesOf(readBySelf([table]), writtenRows === null ? null : elapsedMs),
    times: times ?? null,
  };
}

function ratesOf({ rows, bytes }: { readonly rows: number; readonly bytes: number }, elapsedMs: number | null): Rates {
  if (elapsedMs === null || elapsedMs <= 0) return { rowsPerSecond: null, bytesPerSecond: null };
  const perSecond = (amount: number): number => Math.round((amount * SECOND) / elapsedMs);
  return { rowsPerSecond: perSecond(rows), bytesPerSecond: perSecond(bytes) };
}

function stretchesOf(tables: readonly TableFigures[]): Omit<RunStretches, keyof StageTimes> {
  const total = (stretch: 'waitingMs' | 'writingMs' | 'checkingMs'): number | null =>
    tables.reduce<number | null>((all, { times }) => {
      const took = times?.[stretch] ?? null;
      return took === null ? all : (all ?? 0) + took;
    }, null);
  return { waitingMs: total('waitingMs'), writingMs: total('writingMs'), checkingMs: total('checkingMs') };
}

function sum(tables: readonly TableFigures[], of: 'rows' | 'bytes'): number {
  return tables.reduce((all, table) => all + table[of], 0);
}
