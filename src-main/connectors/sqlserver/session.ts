import { appError } from '../../../src-shared/errors/app-error.ts';
import { DEFAULT_LOCK_TIMEOUT_MS } from '../../../src-shared/model/plan.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { OpenContext, Session } from '../../ports/connector.ts';
import { ExclusiveSession, type SessionWork } from '../kit/exclusive-session.ts';
import { sessionTls, type SessionTls } from '../kit/session-tls.ts';
import { checkRead } from './check-read.ts';
import { describeColumns } from './describe-columns.ts';
import { keepStill } from './keep-still.ts';
import { Link } from './link.ts';
import { look, ownNumber } from './look.ts';
import type { LoginAddress } from './open-connection.ts';
import type { SqlserverOptions } from './options.ts';
import { readCatalog } from './read-catalog.ts';
import { countRows, readBatches } from './read-rows.ts';
import { readDefinitions } from './read-definitions.ts';
import { readFacts } from './read-facts.ts';
import { sessionSettings } from './session-settings.ts';
import { openSnapshot } from './snapshot.ts';

/** Connects and fixes the session's settings. */
export async function openSession(
  options: SqlserverOptions,
  password: SecretText | null,
  context: OpenContext,
): Promise<Session> {
  const { signal } = context;
  // A server that speaks TLS before anything else speaks nothing without it, on this machine either.
  const mode = options.tls ?? (options.tds === '8.0' ? 'verify-full' : undefined);
  const tls = await sessionTls({ ...options, tls: mode });
  if (context.dial !== undefined && options.instance !== undefined) {
    throw appError('CONNECTION/OPTION_INVALID', {
      message: 'The port of a named instance is asked for over UDP, which no tunnel carries.',
      remedy: 'Give the port of the instance instead of its name.',
      context: { option: 'instance' },
    });
  }
  if (options.auth === 'entra-token' && password === null) {
    throw appError('SOURCE/AUTH_REFUSED', {
      message: 'The login wants an access token, and the connection has none.',
      remedy: 'Store a token as the password of the connection.',
    });
  }
  const { lockTimeoutMs = DEFAULT_LOCK_TIMEOUT_MS } = context;
  const link = await Link.open(addressOf(options, tls, context), password, context);
  try {
    await link.rows(sessionSettings(lockTimeoutMs), signal);
    return new ExclusiveSession(workOn(link, { verified: tls.verified, lockTimeoutMs }));
  } catch (error) {
    link.destroy();
    throw error;
  }
}

function addressOf(options: SqlserverOptions, tls: SessionTls, { applicationName, dial }: OpenContext): LoginAddress {
  const { host, port, instance, database, auth, user, domain, tds } = options;
  return {
    ...{ host, port, database, auth, applicationName, dial },
    instance: instance ?? null,
    user: user ?? 'the token',
    domain: domain ?? null,
    tls: tls.options,
    tlsFirst: tds === '8.0' && tls.options !== null,
  };
}

interface Known {
  readonly verified: boolean;
  readonly lockTimeoutMs: number;
}

/** Outside a snapshot every statement is a transaction of its own. */
function workOn(link: Link, { verified, lockTimeoutMs }: Known): SessionWork {
  return {
    facts: (signal) => readFacts(link, verified, signal),
    catalog: (namespace, signal) => readCatalog(link, namespace, signal),
    define: (catalog, namespace, signal) => readDefinitions(link, { catalog, namespace }, signal),
    describe: (query, signal) => describeColumns(link, query, signal),
    check: (read, signal) => checkRead(link, read, signal),
    count: (read, signal) => countRows(link, read, signal),
    preview: (read, signal) => readBatches(link, read, signal),
    snapshot: (reads, signal, { beforeFixed, onFixed }) => openSnapshot(link, reads, { signal, beforeFixed, onFixed }),
    others: {
      number: (signal) => ownNumber(link, signal),
      look: (numbers, signal) => look(link, numbers, signal),
      hold: (reads, signal) => keepStill(link, reads, { signal, limitMs: lockTimeoutMs }),
    },
    close: () => link.close(),
  };
}
