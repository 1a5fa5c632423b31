import type { DatabaseSchema } from '../../../src-shared/model/table-schema.ts';
import { placeTables, type Placed, type PlacedTable } from '../kit/migrate/place-tables.ts';
import { cutName, utf8Length } from '../kit/migrate/name-pool.ts';
import { quoteName } from './dialect.ts';

/** Of a name; longer ones are cut by the server without an error. */
const MAX_BYTES = 63;
/** Where results of queries go: every database has it. */
export const USUAL_SCHEMA = 'public';

const clean = (name: string): string => name.replaceAll('\0', '_').toWellFormed();

/** Schemas stay schemas; names that begin with pg_ are the server's. */
export function placeInSchemas(schema: DatabaseSchema): Placed {
  return placeTables(schema, {
    names: { room: MAX_BYTES, measure: utf8Length, fold: (name) => name, clean },
    namespaceOf: (namespace) => {
      if (namespace === '') return USUAL_SCHEMA;
      const free = namespace.startsWith('pg_') ? `_${namespace}` : namespace;
      return cutName(clean(free), (name) => utf8Length(name) <= MAX_BYTES);
    },
  });
}

export function quoteTable({ namespace, as }: Pick<PlacedTable, 'namespace' | 'as'>): string {
  return `${quoteName(namespace ?? USUAL_SCHEMA)}.${quoteName(as)}`;
}

export const quoteList = (names: readonly string[]): string => names.map(quoteName).join(', ');
