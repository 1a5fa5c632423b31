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
