import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { Link } from './link.ts';
import { inSavepoint } from './savepoint.ts';

/**
 * Locks tables (quoted names) in the transaction at hand and gives those that the login may not lock: reading them fails by
 * itself or proves nothing, and the others are not to suffer for it. Every other failure is thrown: a lock that cannot be
 * had in time, a table that is gone.
 */
export async function lockTables(
  link: Link,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const refused = new Set<string>();
  if (names.length === 0 || (await tryToLock(link, names, signal))) return refused;
  // In the same order, or two runs could wait for each other crosswise.
  for (const name of names) if (!(await tryToLock(link, [name], signal))) refused.add(name);
  return refused;
}

async function tryToLock(link: Link, names: readonly string[], signal: AbortSignal): Promise<boolean> {
  try {
    await inSavepoint(link, signal, () =>
      link.query(`lock table ${names.join(', ')} in access share mode`, [], signal),
    );
    return true;
  } catch (error) {
    if (isAppError(error, 'SOURCE/PERMISSION_DENIED')) return false;
    throw error;
  }
}
