import { TLSSocket } from 'node:tls';
import type { ServerFacts } from '../../ports/connector.ts';
import { FACTS_SQL, MISSING_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';
import { inTransaction } from './transaction.ts';

export async function readFacts(link: Link, verified: boolean, signal: AbortSignal): Promise<ServerFacts> {
  const started = performance.now();
  await link.query('select 1', [], signal);
  const latencyMs = performance.now() - started;
  // Asked outside a transaction block: it is the session's default that is proven, not our BEGIN.
  const [state] = (await link.query('show transaction_read_only', [], signal))[0] ?? [];
  return inTransaction(link, { signal, systemOnly: true }, async () => {
    const [version, user, database] = (await link.query(FACTS_SQL, [], signal))[0] ?? [];
    const missing = await link.query(MISSING_SQL, [], signal);
    return {
      product: 'PostgreSQL',
      ...{ version: version ?? '', user: user ?? '', database: database ?? '' },
      tls: tlsFacts(link, verified),
      latencyMs,
      readOnly: state === 'on' ? 'enforced by the server' : 'not enforced by the server',
      missingPrivileges: missing.flatMap(([namespace, usage, tables, unreadable]) => {
        if (usage !== 't') return [`USAGE on schema ${namespace}`];
        return unreadable === '0' ? [] : [`SELECT on ${unreadable} of ${tables} tables in schema ${namespace}`];
      }),
    };
  });
}

function tlsFacts(link: Link, verified: boolean): ServerFacts['tls'] {
  const { socket } = link;
  if (!(socket instanceof TLSSocket)) return null;
  return { version: socket.getProtocol() ?? 'unknown', cipher: socket.getCipher().name, verified };
}
