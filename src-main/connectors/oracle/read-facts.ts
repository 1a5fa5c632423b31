import type { ServerFacts } from '../../ports/connector.ts';
import { FACTS_SQL, READABLE_SQL, WRITE_RIGHTS_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';
import { PRODUCT } from './product.ts';

export async function readFacts(link: Link, verified: boolean, signal: AbortSignal): Promise<ServerFacts> {
  const started = performance.now();
  const [user, name, container, role, protocol] = (await link.ask(FACTS_SQL, [], signal))[0] ?? [];
  const latencyMs = performance.now() - started;
  const [rights] = (await link.ask(WRITE_RIGHTS_SQL, [], signal))[0] ?? [];
  const [readable] = (await link.ask(READABLE_SQL, [], signal))[0] ?? [];
  // There are no read-only sessions here: a write is refused on a standby, or where the login has no right to write.
  const refuses = role === 'PHYSICAL STANDBY' || rights === '0';
  return {
    ...{ product: PRODUCT, version: link.version, user: user ?? '', database: container ?? name ?? '' },
    tls: tlsOf(link, { protocol: protocol ?? null, verified }),
    latencyMs,
    readOnly: refuses ? 'enforced by the server' : 'not enforced by the server',
    missingPrivileges: readable === '0' ? ['SELECT on any table of this database'] : [],
  };
}

/** What the Oracle client encrypts, it does not tell more of than that. */
function tlsOf(
  link: Link,
  { protocol, verified }: { readonly protocol: string | null; readonly verified: boolean },
): ServerFacts['tls'] {
  if (link.tls !== null) return { ...link.tls, verified };
  return protocol === 'tcps' ? { version: 'unknown', cipher: 'unknown', verified: true } : null;
}
