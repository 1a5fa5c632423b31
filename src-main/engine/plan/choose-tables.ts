import type { Catalog, CatalogTable } from '../../../src-shared/model/catalog.ts';
import { appError } from '../../../src-shared/errors/app-error.ts';
import { nearest } from '../../../src-shared/util/nearest.ts';
import { allTables } from './compile-request.ts';
import { matchesTable, readPattern, tableLabel } from './table-pattern.ts';

/** The tables that patterns of the command line choose (`plan new --tables`), in the catalog's order; all without any. */
export function chooseTables(catalog: Catalog, patterns: readonly string[]): readonly CatalogTable[] {
  const tables = allTables(catalog);
  if (patterns.length === 0) return tables;
  const read = patterns.map((text) => {
    const pattern = readPattern(text);
    if (pattern === null || !tables.some((table) => matchesTable(pattern, table))) throw noMatch(text, tables);
    return pattern;
  });
  return tables.filter((table) => read.some((pattern) => matchesTable(pattern, table)));
}

function noMatch(text: string, tables: readonly CatalogTable[]): Error {
  const near = nearest(text, tables.map(tableLabel));
  return appError('PLAN/TABLE_ABSENT', {
    message: `No table matches ${text}.`,
    remedy:
      near === undefined ? 'Write namespace.table; * and ? are wildcards, and case counts.' : `Did you mean ${near}?`,
    context: { pattern: text },
  });
}
