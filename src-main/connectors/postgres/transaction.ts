import { withDeadline } from '../kit/deadline.ts';
import { ignoring } from '../kit/ignoring.ts';
import type { Link } from './link.ts';

/**
 * Runs `work` in a short read-only transaction and ends it. System names come from pg_catalog whatever the login's
 * search path says when `systemOnly` is set: catalog reads then name the types of extensions with their schema, always.
 */
export async function inTransaction<T>(
  link: Link,
  { signal, systemOnly = false }: { readonly signal: AbortSignal; readonly systemOnly?: boolean },
  work: () => Promise<T>,
): Promise<T> {
  await link.query('begin isolation level repeatable read read only', [], signal);
  try {
    if (systemOnly) await link.query('set local search_path = pg_catalog', [], signal);
    return await work();
  } finally {
    await endTransaction(link, signal);
  }
}

/** Ends whatever transaction is open. A read-only one has nothing to commit. */
export async function endTransaction(link: Link, signal: AbortSignal): Promise<void> {
  if (!link.isDead) await ignoring(link.query('rollback', [], signal), 'the work has its own result or failure');
}

/** What a server that stands still may hold up the end of a run. */
const LAST_WORD_MS = 500;

/** As {@link endTransaction}, of whoever needs the connection no more: a server that does not answer is left standing. */
export async function endLastTransaction(link: Link): Promise<void> {
  const giveUp = (): Error => {
    link.destroy();
    return new Error('the server does not answer');
  };
  const ending = endTransaction(link, new AbortController().signal);
  await ignoring(withDeadline(ending, LAST_WORD_MS, giveUp), 'the server ends it with the session');
}
