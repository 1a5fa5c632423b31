/** The moment that a snapshot shows: one system change number for every table, where the login may ask for it. */
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { MAY_FLASHBACK_SQL, SCN_FOR_ADMINS_SQL, SCN_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';

/**
 * The number of now, for all reads or for none: null where one of them is a query, a view or a table that this login may not
 * read as of another moment, or where it may not know the number. Then the transaction holds the moment.
 */
export async function scnFor(link: Link, reads: readonly TableRead[], signal: AbortSignal): Promise<string | null> {
  for (const { source, where } of reads) {
    if (source.kind === 'query') return null;
    // Tables of a condition would be read as of the transaction's moment.
    if (where !== null && /\bselect\b/i.test(where)) return null;
    const { namespace, name } = source.table;
    const [row] = await link.ask(MAY_FLASHBACK_SQL, [namespace, name], signal);
    if (row?.[0] !== '1') return null;
  }
  return (await scnBy(link, SCN_SQL, signal)) ?? scnBy(link, SCN_FOR_ADMINS_SQL, signal);
}

/** A right that is missing shows as a name that is not known. */
async function scnBy(link: Link, sql: string, signal: AbortSignal): Promise<string | null> {
  try {
    return (await link.ask(sql, [], signal))[0]?.[0] ?? null;
  } catch (error) {
    const codes = ['SOURCE/PERMISSION_DENIED', 'SOURCE/QUERY_INVALID', 'SOURCE/TABLE_GONE'] as const;
    if (codes.some((code) => isAppError(error, code))) return null;
    throw error;
  }
}
