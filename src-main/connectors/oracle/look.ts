/** How sessions of this login are doing; SELECT on V_$SESSION is needed to see them. */
import type { SessionLoad, WaitKind } from '../../../src-shared/model/server-load.ts';
import { amountOf, isRefusal, mayNotLook } from '../kit/own-load.ts';
import { LOADS_SQL, OWN_NUMBER_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';

const KINDS: Readonly<Record<string, WaitKind>> = { Network: 'client', 'User I/O': 'disk', 'System I/O': 'disk' };

export async function ownNumber(link: Link, signal: AbortSignal): Promise<string> {
  return (await link.ask(OWN_NUMBER_SQL, [], signal))[0]?.[0] ?? '';
}

export async function look(
  link: Link,
  numbers: readonly string[],
  signal: AbortSignal,
): Promise<readonly SessionLoad[]> {
  try {
    return (await link.ask(LOADS_SQL, [`,${numbers.join(',')},`], signal)).map((row) => loadOf(row));
  } catch (error) {
    if (isRefusal(error)) throw mayNotLook('SELECT on SYS.V_$SESSION');
    throw error;
  }
}

export function loadOf([number, running, group = null, event, waiting, blocker = null]: readonly (
  string | null
)[]): SessionLoad {
  const statementMs = amountOf(running);
  const isWaiting = statementMs !== null && group !== null;
  // A wait for a lock has several names; all of them have somebody who holds it.
  const kind = blocker !== null ? 'lock' : (KINDS[group ?? ''] ?? 'other');
  return {
    number: (number ?? '').replace(/:.*$/, ''),
    statementMs,
    wait: isWaiting ? { kind, name: event ?? group, forMs: amountOf(waiting) } : null,
    blockedBy: isWaiting && blocker !== null ? [`session ${blocker}`] : [],
  };
}
