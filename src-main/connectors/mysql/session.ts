import { DEFAULT_LOCK_TIMEOUT_MS } from '../../../src-shared/model/plan.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { OpenContext, Session } from '../../ports/connector.ts';
import { ExclusiveSession, type SessionWork } from '../kit/exclusive-session.ts';
import { sessionTls } from '../kit/session-tls.ts';
import { readServerKey } from './auth-plugins.ts';
import { VERSION_SQL } from './catalog.sql.ts';
import { checkRead } from './check-read.ts';
import { describeColumns } from './describe-columns.ts';
import { holdTables } from './hold-tables.ts';
import { Link } from './link.ts';
import type { MysqlOptions } from './options.ts';
import { lookAt } from './look.ts';
import { productOf } from './product.ts';
import { readCatalog } from './read-catalog.ts';
import { readDefinitions } from './read-definitions.ts';
import { readFacts } from './read-facts.ts';
import { sessionSettings } from './session-settings.ts';
import { countRows, openSnapshot, readBatches } from './snapshot.ts';

/** Connects and fixes the session's settings. */
export async function openSession(
  options: MysqlOptions,
  password: SecretText | null,
  context: OpenContext,
): Promise<Session> {
  const { port, database, user, socket } = options;
  const host = socket ?? options.host ?? '';
  const { signal, applicationName, statementTimeoutMs, lockTimeoutMs = DEFAULT_LOCK_TIMEOUT_MS, dial } = context;
  const tls = await sessionTls({ ...options, host }, context.keyPassphrase);
  const serverKey = await readServerKey(options.serverKey);
  const address = { host, port, database, user, tls: tls.options, applicationName, serverKey, dial };
  const link = await Link.open(address, password, signal);
  try {
    const [version] = (await link.rows(VERSION_SQL, signal))[0] ?? [];
    const isMariadb = productOf(version ?? '') === 'MariaDB';
    const limits = { statementTimeoutMs, lockTimeoutMs, isMariadb };
    for (const statement of sessionSettings(limits)) await link.rows(statement, signal);
    return new ExclusiveSession(workOn(link, { verified: tls.verified, isMariadb }));
  } catch (error) {
    link.destroy();
    throw error;
  }
}

/**
 * Outside a snapshot every statement is a transaction of its own: `autocommit` is on, and the session's transactions are
 * read-only.
 */
function workOn(
  link: Link,
  { verified, isMariadb }: { readonly verified: boolean; readonly isMariadb: boolean },
): SessionWork {
  return {
    facts: (signal) => readFacts(link, verified, signal),
    catalog: (namespace, signal) => readCatalog(link, namespace, signal),
    define: (catalog, namespace, signal) => readDefinitions(link, { catalog, namespace }, signal),
    describe: (query, signal) => describeColumns(link, query, signal),
    check: (read, signal) => checkRead(link, read, signal),
    count: (read, signal) => countRows(link, read, signal),
    preview: (read, signal) => readBatches(link, read, { signal, wire: false }),
    snapshot: (reads, signal, { beforeFixed, onFixed }) => openSnapshot(link, reads, { signal, beforeFixed, onFixed }),
    others: {
      number: async () => link.id,
      look: lookAt(link, isMariadb),
      hold: (reads, signal) => holdTables(link, reads, signal),
    },
    close: () => link.close(),
  };
}
