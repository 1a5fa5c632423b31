import type { ServerFacts } from '../../ports/connector.ts';
import { FACTS_SQL, MISSING_SQL, UPDATEABILITY_SQL, WRITE_RIGHTS_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';
import { productOf } from './product.ts';

export async function readFacts(link: Link, verified: boolean, signal: AbortSignal): Promise<ServerFacts> {
  const started = performance.now();
  await link.rows('select 1', signal);
  const latencyMs = performance.now() - started;
  const [version, edition, user, database] = (await link.rows(FACTS_SQL, signal))[0] ?? [];
  const { tls } = link;
  return {
    product: productOf(edition ?? null),
    ...{ version: version ?? '', user: user ?? '', database: database ?? '' },
    tls: tls === null ? null : { ...tls, verified },
    latencyMs,
    readOnly: (await isReadOnly(link, signal)) ? 'enforced by the server' : 'not enforced by the server',
    missingPrivileges: await missingPrivileges(link, database ?? '', signal),
  };
}

/**
 * There are no read-only sessions here. A write is refused where nobody can write to the database, or where the login has no
 * right to.
 */
async function isReadOnly(link: Link, signal: AbortSignal): Promise<boolean> {
  const [updateability] = (await link.rows(UPDATEABILITY_SQL, signal))[0] ?? [];
  if (updateability === 'READ_ONLY') return true;
  return (await link.rows(WRITE_RIGHTS_SQL, signal))[0]?.[0] === '0';
}

/** Tables on which the login has no right at all are not visible to it, so nothing can be said about them. */
async function missingPrivileges(link: Link, database: string, signal: AbortSignal): Promise<readonly string[]> {
  const [tables, unreadable, state] = (await link.rows(MISSING_SQL, signal))[0] ?? [];
  const missing: string[] = [];
  if (tables === '0') missing.push(`SELECT on any table of ${database}`);
  else if (unreadable !== '0') missing.push(`SELECT on ${unreadable} of ${tables} tables of ${database}`);
  if (state !== '1') missing.push('VIEW SERVER STATE, without which no run can prove that its tables are held');
  return missing;
}
