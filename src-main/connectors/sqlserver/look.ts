/** How sessions of this program are doing; VIEW SERVER STATE is needed to see any but one's own. */
import type { SessionLoad, WaitKind } from '../../../src-shared/model/server-load.ts';
import { amountOf, mayNotLook } from '../kit/own-load.ts';
import { LOADS_SQL, MAY_SEE_SESSIONS_SQL, OWN_NUMBER_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';

const RIGHT = 'VIEW SERVER STATE (VIEW SERVER PERFORMANCE STATE from 2022 on)';

/** Blockers that are no session. */
const NO_SESSION: Readonly<Record<string, string>> = {
  '-2': 'an orphaned distributed transaction',
  '-3': 'a deferred recovery',
  '-4': 'a latch whose owner is not known',
  '-5': 'a latch whose owner is not tracked',
};

const KINDS: readonly (readonly [pattern: RegExp, kind: WaitKind])[] = [
  [/^LCK_/, 'lock'],
  [/^ASYNC_NETWORK_IO$|^NET_/, 'client'],
  [/^PAGEIOLATCH_|^IO_COMPLETION$|^ASYNC_IO_COMPLETION$|^WRITELOG$/, 'disk'],
];

export async function ownNumber(link: Link, signal: AbortSignal): Promise<string> {
  return (await link.rows(OWN_NUMBER_SQL, signal))[0]?.[0] ?? '';
}

export async function look(
  link: Link,
  numbers: readonly string[],
  signal: AbortSignal,
): Promise<readonly SessionLoad[]> {
  const rows = await link.ask({ text: LOADS_SQL, values: [numbers.join(',')] }, signal);
  // Without the right no error comes, but fewer rows.
  if (rows.length === 0 && (await link.rows(MAY_SEE_SESSIONS_SQL, signal))[0]?.[0] !== '1') throw mayNotLook(RIGHT);
  return rows.map((row) => loadOf(row));
}

export function loadOf([number, running, type = null, waiting, blocker = null]: readonly (
  string | null
)[]): SessionLoad {
  const isWaiting = type !== null;
  const kind = KINDS.find(([pattern]) => pattern.test(type ?? ''))?.[1] ?? 'other';
  return {
    number: number ?? '',
    statementMs: amountOf(running),
    wait: isWaiting ? { kind, name: type, forMs: amountOf(waiting) } : null,
    blockedBy: blocker === null || blocker === '0' ? [] : [NO_SESSION[blocker] ?? `session ${blocker}`],
  };
}
