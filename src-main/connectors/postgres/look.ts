/** How sessions of this login are doing: a server shows every login its own, whatever else it may see. */
import type { SessionLoad, WaitKind } from '../../../src-shared/model/server-load.ts';
import { amountOf, isRefusal, mayNotLook } from '../kit/own-load.ts';
import type { Link } from './link.ts';
import { inTransaction } from './transaction.ts';

/** A process number may be another's later; with the time at which its session began it may not. */
const NUMBER = `pid || '/' || extract(epoch from backend_start)`;
const OWN_NUMBER_SQL = `select ${NUMBER} from pg_stat_activity where pid = pg_backend_pid()`;

/**
 * What is asked about locks stops the lock manager for a
 * moment, so it is asked of those only that wait for one. Since when they do, servers before 14 do not tell: they have no
 * such column.
 */
const LOADS_SQL = `
select pid,
  case when state = 'active' then extract(epoch from clock_timestamp() - query_start) * 1000 end,
  wait_event_type, wait_event,
  case when wait_event_type = 'Lock' then (
    select extract(epoch from clock_timestamp() - min((to_jsonb(l) ->> 'waitstart')::timestamptz)) * 1000
    from pg_locks l where l.pid = a.pid and not l.granted) end,
  case when wait_event_type = 'Lock' then array_to_string(pg_blocking_pids(pid), ' ') end
from pg_stat_activity a
where ${NUMBER} = any ($1::text[])`;

const KINDS: Readonly<Record<string, WaitKind>> = { Client: 'client', IO: 'disk', Lock: 'lock' };
/** What the server gives as the process of a transaction that was prepared, and whose session may be long gone. */
const PREPARED = '0';

/** Asked, not taken from the login: a pooler gives its own number there. */
export async function ownNumber(link: Link, signal: AbortSignal): Promise<string> {
  const rows = await refusing(() =>
    inTransaction(link, { signal, systemOnly: true }, () => link.query(OWN_NUMBER_SQL, [], signal)),
  );
  return rows[0]?.[0] ?? '';
}

export async function look(
  link: Link,
  numbers: readonly string[],
  signal: AbortSignal,
): Promise<readonly SessionLoad[]> {
  const rows = await refusing(() =>
    inTransaction(link, { signal, systemOnly: true }, () => link.query(LOADS_SQL, [`{${numbers.join(',')}}`], signal)),
  );
  return rows.map((row) => loadOf(row));
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isRefusal(error)) {
      throw mayNotLook(
        'SELECT on pg_stat_activity and pg_locks and EXECUTE on pg_blocking_pids, as every login has them',
      );
    }
    throw error;
  }
}

export function loadOf([number, running, type = null, event, waiting, blockers]: readonly (
  string | null
)[]): SessionLoad {
  const statementMs = amountOf(running);
  const isWaiting = statementMs !== null && type !== null;
  return {
    number: number ?? '',
    statementMs,
    wait: isWaiting
      ? { kind: KINDS[type] ?? 'other', name: `${type}: ${event ?? ''}`, forMs: amountOf(waiting) }
      : null,
    blockedBy: isWaiting ? namesOf(blockers ?? '') : [],
  };
}

function namesOf(blockers: string): readonly string[] {
  const each = new Set(blockers.split(' ').filter((pid) => pid !== ''));
  return [...each].map((pid) => (pid === PREPARED ? 'a prepared transaction' : `session ${pid}`));
}
