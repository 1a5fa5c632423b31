import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { OpenContext, Session } from '../../ports/connector.ts';
import { ExclusiveSession, type SessionWork } from '../kit/exclusive-session.ts';
import { sessionTls } from '../kit/session-tls.ts';
import { checkRead } from './check-read.ts';
import { copyBatches } from './copy-batches.ts';
import { describeColumns } from './describe-columns.ts';
import { Link } from './link.ts';
import { look, ownNumber } from './look.ts';
import type { PostgresOptions } from './options.ts';
import { readCatalog } from './read-catalog.ts';
import { readDefinitions } from './read-definitions.ts';
import { readFacts } from './read-facts.ts';
import { resolveLogin } from './resolve-login.ts';
import { sessionSettings } from './session-settings.ts';
import { countRows, openSnapshot } from './snapshot.ts';
import { endTransaction, inTransaction } from './transaction.ts';

/** Connects and fixes the session's settings. */
export async function openSession(
  options: PostgresOptions,
  password: SecretText | null,
  context: OpenContext,
): Promise<Session> {
  const { signal, applicationName, dial } = context;
  const login = await resolveLogin(options, password, context);
  const { host, port, database, user, channelBinding } = login;
  const tls = await sessionTls(login, context.keyPassphrase);
  const address = { host, port, database, user, tls: tls.options, applicationName, channelBinding, dial };
  const link = await Link.open(address, login.password, signal);
  try {
    const { text, values } = sessionSettings(context);
    await link.query(text, values, signal);
    return new ExclusiveSession(workOn(link, { verified: tls.verified, notes: login.notes }));
  } catch (error) {
    link.destroy();
    throw error;
  }
}

interface Known {
  readonly verified: boolean;
  readonly notes: readonly string[];
}

function workOn(link: Link, { verified, notes }: Known): SessionWork {
  return {
    facts: async (signal) => ({ ...(await readFacts(link, verified, signal)), notes }),
    catalog: (namespace, signal) => readCatalog(link, namespace, signal),
    define: (catalog, namespace, signal) => readDefinitions(link, { catalog, namespace }, signal),
    describe: (query, signal) => describeColumns(link, query, signal),
    check: (read, signal) => checkRead(link, read, signal),
    count: (read, signal) => inTransaction(link, { signal }, () => countRows(link, read, signal)),
    preview: (read, signal) => previewInTransaction(link, read, signal),
    snapshot: (reads, signal, { joins = null }) => openSnapshot(link, reads, { signal, joins }),
    others: {
      number: (signal) => ownNumber(link, signal),
      look: (numbers, signal) => look(link, numbers, signal),
    },
    close: () => link.close(),
  };
}

async function* previewInTransaction(link: Link, read: TableRead, signal: AbortSignal): AsyncGenerator<RowBatch> {
  await link.query('begin isolation level repeatable read read only', [], signal);
  try {
    yield* copyBatches(link, read, { signal, wire: false });
  } finally {
    await endTransaction(link, signal);
  }
}
