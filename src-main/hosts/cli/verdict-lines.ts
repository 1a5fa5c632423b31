import { counted, formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import type { TableResult } from '../../engine/run/table-job.ts';
import { layOutTable } from './output.ts';

const HEAD = ['TABLE', 'VERDICT', 'SOURCE', 'WRITTEN', 'RE-READ', 'SIZE'];

/** A line per table below a head: its whole name, its verdict, and the rows and bytes that it rests on. */
export function verdictLines(tables: readonly TableResult[]): string[] {
  if (tables.length === 0) return [];
  const rows = tables.map(({ name, verdict, sourceRows, writtenRows, rereadRows, resources }) => [
    name,
    verdict,
    ...[sourceRows, writtenRows, rereadRows].map(rowCount),
    formatBytes(resources.reduce((sum, file) => sum + file.bytes, 0)),
  ]);
  return layOutTable([HEAD, ...rows]);
}

/** A count for people; `?` where it was not come to. */
export function rowCount(rows: number | null): string {
  return rows === null ? '?' : formatCount(rows);
}

/** A line per table that is not whole and has parts that are: what going on with the run would not read again. */
export function wholePartLines(tables: readonly TableResult[]): string[] {
  return tables.flatMap(({ name, wholeParts }) => {
    if (wholeParts === undefined) return [];
    const { parts, of, rows } = wholeParts;
    const are = parts === 1 ? 'is' : 'are';
    const some = of === null ? counted(parts, 'part') : `${formatCount(parts)} of ${counted(of, 'part')}`;
    return [`${name}: ${some} ${are} whole (${counted(rows, 'row')}), to be kept.`];
  });
}
