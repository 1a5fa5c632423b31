import type { RunTable, RunTotals } from '../../../../src-shared/contract/runs.ts';
import { timeLeftMs } from '../../../engine/run/rate-meter.ts';

export interface Speed {
  readonly rowsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly elapsedMs: number;
  /** Of that it stood still. */
  readonly stillMs: number;
}

/** The moving facts of a whole run, from those of its tables. */
export function totalsOf(tables: readonly RunTable[], speed: Speed): RunTotals {
  const rows = sum(tables, (table) => table.rows);
  const expectedRows = expectedOf(tables);
  return {
    ...{ rows, expectedRows, bytes: sum(tables, (table) => table.bytes) },
    keptRows: sum(tables, (table) => table.keptRows),
    keptBytes: sum(tables, (table) => table.keptBytes),
    exact: tables.length > 0 && tables.every((table) => table.sourceRows !== null),
    ...speed,
    etaMs: timeLeftMs(rows, speed.rowsPerSecond, expectedRows),
  };
}

/**
 * Share of the work that is done, 0…1: by rows. Tables of which nobody can say how many rows there will be hold their
 * part of all tables back until they are read.
 */
export function progressOf(tables: readonly RunTable[]): number | null {
  if (tables.length === 0) return null;
  const known = tables.filter((table) => rowsExpectedOf(table) !== null);
  return (shareOf(known) * known.length) / tables.length;
}

function shareOf(tables: readonly RunTable[]): number {
  const expected = expectedOf(tables);
  if (expected !== null && expected > 0) return Math.min(1, sum(tables, (table) => table.rows) / expected);
  const finished = tables.filter(({ state }) => state === 'finished').length;
  return tables.length === 0 ? 0 : finished / tables.length;
}

/** Rows that a run will have written; null where a table has no estimate yet. */
function expectedOf(tables: readonly RunTable[]): number | null {
  const each = tables.map(rowsExpectedOf);
  return each.some((rows) => rows === null) ? null : each.reduce<number>((all, rows) => all + (rows ?? 0), 0);
}

/** What is written already is exact; an estimate that was too low is never shown below it. */
function rowsExpectedOf({ state, rows, sourceRows, estimatedRows }: RunTable): number | null {
  if (sourceRows !== null) return sourceRows;
  if (state === 'checking' || state === 'finished') return rows;
  return estimatedRows === null ? null : Math.max(estimatedRows, rows);
}

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((all, item) => all + of(item), 0);
}
