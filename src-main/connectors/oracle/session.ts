import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { OpenContext, Session } from '../../ports/connector.ts';
import type { Address } from '../kit/connect-failures.ts';
import { ExclusiveSession, type SessionWork } from '../kit/exclusive-session.ts';
import { sessionTls } from '../kit/session-tls.ts';
import { checkRead } from './check-read.ts';
import { describeColumns } from './describe-columns.ts';
import { Link } from './link.ts';
import { look, ownNumber } from './look.ts';
import type { OracleOptions } from './options.ts';
import { readCatalog } from './read-catalog.ts';
import { readDefinitions } from './read-definitions.ts';
import { readFacts } from './read-facts.ts';
import { countRows, readBatches } from './read-rows.ts';
import { SESSION_SETTINGS } from './session-settings.ts';
import { openSnapshot } from './snapshot.ts';

/** Connects and fixes the session's settings. */
export async function openSession(
  options: OracleOptions,
  secret: SecretText | null,
  context: OpenContext,
): Promise<Session> {
  const { signal, applicationName, dial } = context;
  const { host, port, user, connectString } = options;
  // What a connect string leads to is encrypted, or not, as it says itself.
  const tls = await sessionTls({ ...options, host: host ?? 'localhost' });
  const login = {
    ...{ options, tls: connectString === undefined ? tls.options : null, secret, applicationName, dial },
    walletSecret: context.keyPassphrase ?? null,
  };
  const address: Address = { host: host ?? connectString ?? '', port, user };
  const link = await Link.open(login, address, context);
  try {
    link.name(applicationName);
    await link.ask(SESSION_SETTINGS, [], signal);
    return new ExclusiveSession(workOn(link, tls.verified));
  } catch (error) {
    link.destroy();
    throw error;
  }
}

/** Outside a snapshot every statement sees a moment of its own, and none opens a transaction: they only read. */
function workOn(link: Link, verified: boolean): SessionWork {
  return {
    facts: (signal) => readFacts(link, verified, signal),
    catalog: (namespace, signal) => readCatalog(link, namespace, signal),
    define: (catalog, namespace, signal) => readDefinitions(link, { catalog, namespace }, signal),
    describe: (query, signal) => describeColumns(link, query, signal),
    check: (read, signal) => checkRead(link, read, signal),
    count: (read, signal) => countRows(link, read, { scn: null, signal }),
    preview: (read, signal) => readBatches(link, read, { scn: null, signal }),
    snapshot: (reads, signal, { joins = null }) => openSnapshot(link, reads, { signal, joins }),
    others: {
      number: (signal) => ownNumber(link, signal),
      look: (numbers, signal) => look(link, numbers, signal),
    },
    close: () => link.close(),
  };
}
