/** How sessions of this login are doing: a server shows every login its own threads, with and without PROCESS. */
import type { SessionLoad, WaitKind } from '../../../src-shared/model/server-load.ts';
import type { AmongOthers } from '../../ports/connector.ts';
import { amountOf, isRefusal, mayNotLook } from '../kit/own-load.ts';
import type { Link } from './link.ts';
import type { TextRow } from './text-rows.ts';

/** MariaDB: the list of threads has milliseconds there. */
export const mariadbLoadsSql = (numbers: string): string => `
select id, command, state, time_ms from information_schema.processlist where id in (${numbers})`;

/** MySQL: reading the same list stops all who log in or out for as long as it takes; this table does not. */
export const threadsSql = (numbers: string): string => `
select processlist_id, processlist_command, processlist_state, processlist_time * 1000
from performance_schema.threads where processlist_id in (${numbers})`;

/** MySQL where the login may not read the other one. */
export const processlistSql = (numbers: string): string => `
select id, command, state, time * 1000 from information_schema.processlist where id in (${numbers})`;

/** MySQL: who holds what these threads wait for. Asked only when one of them waits for a lock. */
export const blockersSql = (numbers: string): string => `
select distinct w.processlist_id, h.processlist_id
from performance_schema.metadata_locks p
join performance_schema.threads w on w.thread_id = p.owner_thread_id
join performance_schema.metadata_locks g on g.object_type = p.object_type and g.object_schema <=> p.object_schema
  and g.object_name <=> p.object_name and g.lock_status = 'GRANTED' and g.owner_thread_id <> p.owner_thread_id
join performance_schema.threads h on h.thread_id = g.owner_thread_id
where p.lock_status = 'PENDING' and w.processlist_id in (${numbers})`;

const CLIENT = new Set(['Writing to net', 'Sending to client', 'Reading from net']);
const WAITS = /^(?:Waiting for|User lock|System lock|Opening tables|closing tables)/i;
const LOCKS = /\block\b|\bflush\b/i;

/** What is refused once is not asked again on the same connection. */
export function lookAt(link: Link, isMariadb: boolean): AmongOthers['look'] {
  const refused = { threads: false, blockers: false };
  return async (sessions, signal) => {
    const numbers = sessions.map((number) => String(BigInt(number))).join(', ');
    if (numbers === '') return [];
    const ask = async (of: 'threads' | 'blockers', sql: string): Promise<readonly TextRow[] | null> => {
      if (isMariadb || refused[of]) return null;
      try {
        return await link.rows(sql, signal);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refused[of] = true;
        return null;
      }
    };
    const usual = isMariadb ? mariadbLoadsSql(numbers) : processlistSql(numbers);
    const rows = (await ask('threads', threadsSql(numbers))) ?? (await threads(link, usual, signal));
    const loads = rows.map((row) => loadOf(row));
    if (!loads.some(({ wait }) => wait?.kind === 'lock')) return loads;
    const blockers = (await ask('blockers', blockersSql(numbers))) ?? [];
    return loads.map((load) => ({
      ...load,
      blockedBy: blockers.flatMap(([waits, holds]) => (waits === load.number ? [`session ${holds ?? ''}`] : [])),
    }));
  };
}

async function threads(link: Link, sql: string, signal: AbortSignal): Promise<readonly TextRow[]> {
  try {
    return await link.rows(sql, signal);
  } catch (error) {
    if (isRefusal(error))
      throw mayNotLook('what every login has by default: its own threads in information_schema.processlist');
    throw error;
  }
}

export function loadOf([number, command = null, state, time]: readonly (string | null)[]): SessionLoad {
  const isRunning = command !== 'Sleep' && command !== 'Daemon' && command !== null;
  const kind = isRunning ? kindOf(state ?? '') : null;
  return {
    number: number ?? '',
    statementMs: isRunning ? amountOf(time) : null,
    wait: kind === null ? null : { kind, name: state ?? '', forMs: null },
    blockedBy: [],
  };
}

/** null: it works. Whether it waits for a disk, these servers do not tell. */
function kindOf(state: string): WaitKind | null {
  if (CLIENT.has(state)) return 'client';
  if (!WAITS.test(state)) return null;
  return LOCKS.test(state) ? 'lock' : 'other';
}
