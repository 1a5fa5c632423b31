import type { DatabaseSchema } from '../../../src-shared/model/table-schema.ts';
import { utf8Length, type NameRules } from '../kit/migrate/name-pool.ts';
import { placeTables, type Placed } from '../kit/migrate/place-tables.ts';
import { quoteName } from './dialect.ts';

/** Before 12.2 it is 30. */
const MAX_BYTES = 128;

/** No name holds a double quote, however it is spelt; one is not a column's even in quotes. */
export const nameRules: NameRules = {
  room: MAX_BYTES,
  measure: utf8Length,
  fold: (name) => name,
  clean: (name) => {
    const clean = name.replace(/["\0]/g, '_').toWellFormed();
    return clean === 'ROWID' ? 'ROWID_' : clean;
  },
};

/** A schema is a user here, whom no script should make: all tables go to the one that is logged in. */
export function placeAtUser(schema: DatabaseSchema): Placed {
  return placeTables(schema, { names: nameRules, namespaceOf: () => null });
}

export const quoteList = (names: readonly string[]): string => names.map(quoteName).join(', ');
