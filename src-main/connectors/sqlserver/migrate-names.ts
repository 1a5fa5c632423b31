import type { DatabaseSchema } from '../../../src-shared/model/table-schema.ts';
import { cutName, foldCaseAndAccents, type NameRules } from '../kit/migrate/name-pool.ts';
import { placeTables, type Placed, type PlacedTable } from '../kit/migrate/place-tables.ts';
import { quoteName } from './dialect.ts';

const MAX_UNITS = 128;
/** Where results of queries go: every database has it. */
export const USUAL_SCHEMA = 'dbo';
/** Where load.sql keeps rows on their way; gone when it is done. */
export const STAGE_SCHEMA = 'waybill_load';
/** Schemas and roles of the server's own. */
const RESERVED = new Set(['sys', 'information_schema', 'guest', STAGE_SCHEMA]);

const measure = (name: string): number => name.length;

/** A number sign at the beginning makes a table temporary. */
const clean = (name: string): string => name.replaceAll('\0', '_').toWellFormed().replace(/^#/, '_#');

/** What the database's collation tells apart nobody knows here: names that differ in case, accents or blanks at the end clash. */
export const nameRules: NameRules = {
  room: MAX_UNITS,
  measure,
  fold: (name) => foldCaseAndAccents(name).trimEnd(),
  clean,
};

/** Schemas stay schemas, but for `public`, which is a role here: what stands in the usual place elsewhere goes to the usual one. */
export function placeInSchemas(schema: DatabaseSchema): Placed {
  return placeTables(schema, {
    names: nameRules,
    namespaceOf: (namespace) => {
      if (namespace === '' || namespace === 'public') return USUAL_SCHEMA;
      const free = RESERVED.has(namespace.toLowerCase()) ? `_${namespace}` : namespace;
      return cutName(clean(free), (name) => measure(name) <= MAX_UNITS);
    },
  });
}

export function quoteTable({ namespace, as }: Pick<PlacedTable, 'namespace' | 'as'>): string {
  return `${quoteName(namespace ?? USUAL_SCHEMA)}.${quoteName(as)}`;
}

export const quoteList = (names: readonly string[]): string => names.map(quoteName).join(', ');
