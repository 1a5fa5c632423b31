import type { RunTable } from '../../../../src-shared/contract/runs.ts';
import type { TableEvent } from '../../../engine/run/table-job.ts';
import type { ReportedTable } from '../../run-times.ts';

/** A table of a run before anything happened to it. */
export function waitingTable(named: {
  readonly name: string;
  readonly table: readonly [string, string] | null;
  readonly estimatedRows: number | null;
}): RunTable {
  const { name, table, estimatedRows } = named;
  return {
    ...{ name, table: table === null ? null : [...table], state: 'waiting', estimatedRows },
    ...{ rows: 0, bytes: 0, keptRows: 0, keptBytes: 0, files: 0, rowsPerSecond: 0, etaMs: null },
    ...{ sourceRows: null, writtenRows: null, rereadRows: null, verdict: null, why: null, error: null },
    ...{ elapsedMs: null, notReached: false },
  };
}

/** A table as an event of its run leaves it. */
export function tableAfter(table: RunTable, event: TableEvent): RunTable {
  switch (event.type) {
    case 'table.started':
      return { ...table, state: 'reading', estimatedRows: event.estimatedRows };
    case 'table.kept': {
      const { rows, bytes } = event;
      return { ...table, rows, bytes, keptRows: rows, keptBytes: bytes };
    }
    case 'table.progress': {
      const { rows, bytes, rowsPerSecond, etaMs } = event;
      return { ...table, rows, bytes, rowsPerSecond, etaMs };
    }
    case 'table.retry':
      return table;
    case 'table.checking':
      return { ...table, state: 'checking', rows: event.rows, bytes: event.bytes, rowsPerSecond: 0, etaMs: null };
    case 'table.finished':
      // Of a table that nobody has begun only its end is told.
      return tableWithResult(table, table.state === 'waiting' ? unread(event.result) : event.result);
  }
}

/** A table whose run is paused: what is read of it stands still, unless a statement is read to its end first. */
export function pausedTable(table: RunTable, { afterStatement }: { readonly afterStatement: boolean }): RunTable {
  return table.state === 'reading' && !afterStatement
    ? { ...table, state: 'paused', rowsPerSecond: 0, etaMs: null }
    : table;
}

/** A table whose run goes on. */
export const continuedTable = (table: RunTable): RunTable =>
  table.state === 'paused' ? { ...table, state: 'reading' } : table;

const unread = (result: ReportedTable): ReportedTable =>
  result.verdict === 'incomplete' && result.readBy === undefined ? { ...result, notReached: true } : result;

/** What an earlier run has read of a table, or of its parts. */
function keptOf({ resources, readBy }: ReportedTable): Pick<RunTable, 'keptRows' | 'keptBytes'> {
  const kept = readBy === undefined ? resources.filter((file) => file.readBy !== undefined) : resources;
  return {
    keptRows: kept.reduce((sum, file) => sum + file.rows, 0),
    keptBytes: kept.reduce((sum, file) => sum + file.bytes, 0),
  };
}

/** A table as its result tells it. */
export function tableWithResult(table: RunTable, result: ReportedTable): RunTable {
  const { sourceRows, writtenRows, rereadRows, verdict, why, error, resources, elapsedMs, readBy, notReached } = result;
  return {
    ...table,
    ...{ state: 'finished', rowsPerSecond: 0, etaMs: null, sourceRows, writtenRows, rereadRows, verdict },
    // Of a table that failed nothing is kept.
    rows: writtenRows ?? 0,
    bytes: resources.reduce((sum, file) => sum + file.bytes, 0),
    ...keptOf(result),
    files: resources.length,
    why: why ?? null,
    error: error ?? null,
    elapsedMs: readBy === undefined && notReached === undefined ? elapsedMs : null,
    notReached: notReached !== undefined,
  };
}
