// What the driver fetches a column as: its own judgement, by its own code, under whatever is set for the whole process.
import { createRequire } from 'node:module';
import type { DbType, Metadata } from 'oracledb';
import type { FetchTypeHandler } from './driver-types.ts';

interface Judge {
  _determineFetchType(column: Judged, options: { readonly fetchTypeHandler?: FetchTypeHandler }, all: Judged[]): void;
}
type Judged = Omit<Metadata<object>, 'fetchType'> & { fetchType?: DbType; converter?: unknown };

const ResultSet = createRequire(import.meta.url)('oracledb/lib/impl/resultset.js') as new () => Judge;

export function fetchedAs(
  column: Metadata<object>,
  fetchTypeHandler: FetchTypeHandler | undefined,
): { readonly type: DbType | undefined; readonly isConverted: boolean } {
  const { fetchType: _fetchType, ...rest } = column;
  const judged: Judged = rest;
  new ResultSet()._determineFetchType(judged, fetchTypeHandler === undefined ? {} : { fetchTypeHandler }, [judged]);
  return { type: judged.fetchType, isConverted: judged.converter !== undefined };
}
