import type { DatabaseSchema } from '../../../src-shared/model/table-schema.ts';
import { foldCaseAndAccents, type NameRules } from '../kit/migrate/name-pool.ts';
import { placeTables, type Placed } from '../kit/migrate/place-tables.ts';
import { quoteName } from './dialect.ts';

const MAX_CHARACTERS = 64;

/** Names hold no character beyond U+FFFF and no blank at their end. */
export const nameRules: NameRules = {
  room: MAX_CHARACTERS,
  measure: (name) => name.length,
  fold: foldCaseAndAccents,
  clean: (name) =>
    name
      .replace(/[\u{10000}-\u{10ffff}\0]/gu, '_')
      .toWellFormed()
      .replace(/\s+$/, '_'),
};

/** All tables go into the one database that the client has chosen: a script that named one could hit the wrong server's. */
export function placeInDatabase(schema: DatabaseSchema): Placed {
  return placeTables(schema, { names: nameRules, namespaceOf: () => null });
}

export const quoteList = (names: readonly string[]): string => names.map(quoteName).join(', ');
