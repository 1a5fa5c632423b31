import type { ServerFacts } from '../../ports/connector.ts';
import { columnsSql, VERSION_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';
import { productOf } from './product.ts';

export async function readFacts(link: Link, verified: boolean, signal: AbortSignal): Promise<ServerFacts> {
  const started = performance.now();
  await link.rows('select 1', signal);
  const latencyMs = performance.now() - started;
  const [version, user, database] = (await link.rows(VERSION_SQL, signal))[0] ?? [];
  const { tls } = link;
  return {
    product: productOf(version ?? ''),
    ...{ version: version ?? '', user: user ?? '', database: database ?? '' },
    tls: tls === null ? null : { ...tls, verified },
    latencyMs,
    readOnly: (await isReadOnly(link, signal)) ? 'enforced by the server' : 'not enforced by the server',
    missingPrivileges: await missingPrivileges(link, database ?? '', signal),
  };
}

/** Asked outside a transaction: it is the session's default that is proven. MariaDB before 11.1 knows the old name only. */
async function isReadOnly(link: Link, signal: AbortSignal): Promise<boolean> {
  const rows = await link.rows(
    `show session variables where variable_name in ('transaction_read_only', 'tx_read_only')`,
    signal,
  );
  return rows.length > 0 && rows.every(([, value]) => value === 'ON' || value === '1');
}

/** Tables on which the login has no right at all are not visible to it, so nothing can be said about them. */
async function missingPrivileges(link: Link, database: string, signal: AbortSignal): Promise<readonly string[]> {
  if (database === '') return [];
  const unreadable = new Set<string>();
  const tables = new Set<string>();
  for (const row of await link.rows(columnsSql(database), signal)) {
    tables.add(row[1] ?? '');
    if (!/\bselect\b/i.test(row[7] ?? '')) unreadable.add(row[1] ?? '');
  }
  if (tables.size === 0) return [`SELECT on any table of ${database}`];
  return unreadable.size === 0 ? [] : [`SELECT on ${unreadable.size} of ${tables.size} tables of ${database}`];
}
