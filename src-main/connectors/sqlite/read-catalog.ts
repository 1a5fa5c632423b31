import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { Catalog } from '../../../src-shared/model/catalog.ts';
import {
  FILE_BYTES_SQL,
  HAS_STATISTICS_SQL,
  STATISTICS_SQL,
  TABLE_BYTES_SQL,
  TABLES_SQL,
  VERSION_SQL,
} from './catalog.sql.ts';
import type { OpenDatabase } from './open-database.ts';
import { readTable, type ListedTable } from './read-table.ts';

/** All of the catalog: the file is one namespace, `main`. */
export function readCatalog(db: OpenDatabase, namespace: string | null): Catalog {
  const version = String(db.ask(VERSION_SQL)[0]?.[0]);
  if (namespace !== null && namespace !== 'main') return { product: 'SQLite', version, namespaces: [] };
  const estimates = readEstimates(db);
  const sizes = readSizes(db);
  const listed = db.ask(TABLES_SQL).map(([name, type]): ListedTable => ({
    ...{ name: String(name), type: String(type) },
    estimatedRows: estimates.get(String(name)) ?? null,
    estimatedBytes: sizes.get(String(name)) ?? null,
  }));
  const names = new Map(listed.map(({ name }) => [name.toLowerCase(), name]));
  const tables = listed.map((table) => readTable(db, table, names)).sort((a, b) => byName(a.name, b.name));
  return { product: 'SQLite', version, namespaces: [{ name: 'main', tables }] };
}

function readEstimates(db: OpenDatabase): ReadonlyMap<string, number> {
  if (db.ask(HAS_STATISTICS_SQL)[0]?.[0] !== 1n) return new Map();
  return new Map(db.ask(STATISTICS_SQL).map(([table, rows]) => [String(table), Number(rows)]));
}

/** Sizes are looked up page by page, so only where that takes no time to speak of. */
const SMALL_FILE = 64n * 1024n * 1024n;

function readSizes(db: OpenDatabase): ReadonlyMap<string, number> {
  const bytes = db.ask(FILE_BYTES_SQL)[0]?.[0];
  if (typeof bytes !== 'bigint' || bytes > SMALL_FILE) return new Map();
  try {
    return new Map(db.ask(TABLE_BYTES_SQL).map(([table, size]) => [String(table), Number(size)]));
  } catch (error) {
    // A page that is damaged is told of when its rows are read; what else the file holds is still to be seen.
    if (isAppError(error, 'RUN/CANCELLED')) throw error;
    return new Map();
  }
}

/** By code units, the same on every machine. */
function byName(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
