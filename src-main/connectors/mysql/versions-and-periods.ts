/** What tables of MariaDB have that follow the time: versions of their rows, and periods that the rows hold for. */
import { failsAlone } from '../kit/fails-alone.ts';
import { isRowEnd } from './catalog.sql.ts';
import { quoteTable } from './dialect.ts';
import type { Link } from './link.ts';
import type { TextRow } from './text-rows.ts';

const placeOf = (row: TextRow): string => JSON.stringify([row[0], row[1]]);
const cellOf = (row: TextRow, column: string | null | undefined): string => `${placeOf(row)}${JSON.stringify(column)}`;

interface Found {
  /** Rows of `columnDefinitionsSql`. */
  readonly columns: readonly TextRow[];
  /** Rows of `versionedSql`. */
  readonly versioned: readonly TextRow[];
}

/**
 * Rows of `indexesSql` without those of the end of a row, which the server adds to the unique keys of a versioned table; it may be a
 * column that nobody sees.
 */
export function withoutRowEnds(indexes: readonly TextRow[], { columns, versioned }: Found): readonly TextRow[] {
  const places = new Set(versioned.map(placeOf));
  const shown = new Set(columns.filter((row) => !isRowEnd(row[5])).map((row) => cellOf(row, row[2])));
  return indexes.filter(
    (row) => !places.has(placeOf(row)) || typeof row[4] !== 'string' || shown.has(cellOf(row, row[4])),
  );
}

/** The check that every period of the operator's own has: it begins before it ends. */
const OF_PERIOD = /^`(?:[^`]|``)+` < `(?:[^`]|``)+`$/;
const PERIOD = /^\s*PERIOD FOR `((?:[^`]|``)+)` \(/m;

/** Periods of tables, in words. Only the statement that makes a table tells them; it is asked for where a check looks like one. */
export async function readPeriods(
  link: Link,
  checks: readonly TextRow[],
  signal: AbortSignal,
): Promise<readonly TextRow[]> {
  const likely = new Map(checks.filter((row) => OF_PERIOD.test(row[3] ?? '')).map((row) => [placeOf(row), row]));
  const found: TextRow[] = [];
  for (const [schema, table] of likely.values()) {
    const made = await statementOf(link, [schema ?? '', table ?? ''], signal);
    const name = PERIOD.exec(made)?.[1]?.replaceAll('``', '`');
    if (name === undefined) continue;
    found.push([schema ?? null, table ?? null, `the period ${name}, and that keys over it do not overlap`]);
  }
  return found;
}

async function statementOf(
  link: Link,
  [namespace, name]: readonly [string, string],
  signal: AbortSignal,
): Promise<string> {
  try {
    return (await link.rows(`show create table ${quoteTable({ namespace, name })}`, signal))[0]?.[1] ?? '';
  } catch (error) {
    // A login that may read some columns alone is not told.
    if (failsAlone(error)) return '';
    throw error;
  }
}
