/**
 * Which reads one snapshot covers. Only InnoDB gives one; metadata locks hold for every engine, but rows of the others
 * change under a run. What a query reaches is found by its words: a superset of what it really reads.
 */
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { REACHABLE_SQL, tableEngineSql, VERSION_SQL } from './catalog.sql.ts';
import { selectStatement } from './dialect.ts';
import type { Link } from './link.ts';

/** A table that is not InnoDB's (`engine`), or a view or function (`definition`, null where the login may not see it). */
export interface Reachable {
  readonly namespace: string;
  readonly name: string;
  readonly engine: string | null;
  readonly definition: string | null;
}

const WORDS = /`((?:[^`]|``)*)`|[A-Za-z0-9_$\u0080-\uffff]+/g;
const OWN_STATE = ['information_schema', 'performance_schema'];

export interface EngineVerdict {
  /** Why a count equal on all sides would still prove nothing, or null. */
  readonly unproven: string | null;
  /** Reads a table of InnoDB, so that reading a row of it opens the read view. */
  readonly isInnodb: boolean;
}

/** One verdict per read, in order. */
export async function judgeEngines(
  link: Link,
  reads: readonly TableRead[],
  signal: AbortSignal,
): Promise<readonly EngineVerdict[]> {
  let reachable: readonly Reachable[] | null = null;
  let database = '';
  const verdicts: EngineVerdict[] = [];
  for (const read of reads) {
    let isInnodb = false;
    if (read.source.kind === 'table') {
      const { namespace, name } = read.source.table;
      const [type, engine] = (await link.rows(tableEngineSql(read.source.table), signal))[0] ?? [];
      isInnodb = engine === 'InnoDB';
      if (type !== 'VIEW' && !isInnodb) {
        verdicts.push({ unproven: engineReason({ namespace, name, engine: engine ?? null }), isInnodb });
        continue;
      }
    }
    if (isInnodb && read.where === null) {
      verdicts.push({ unproven: null, isInnodb });
      continue;
    }
    reachable ??= await readReachable(link, signal);
    database ||= (await link.rows(VERSION_SQL, signal))[0]?.[2] ?? '';
    verdicts.push({ unproven: reasonFor(selectStatement(read), database, reachable), isInnodb });
  }
  return verdicts;
}

async function readReachable(link: Link, signal: AbortSignal): Promise<readonly Reachable[]> {
  const rows = await link.rows(REACHABLE_SQL, signal);
  return rows.map(([namespace, name, engine, definition]) => ({
    ...{ namespace: namespace ?? '', name: name ?? '' },
    ...{ engine: engine ?? null, definition: definition ?? null },
  }));
}

/** The first thing a statement may reach that no snapshot covers, in words. */
export function reasonFor(sql: string, database: string, reachable: readonly Reachable[]): string | null {
  const seen = new Set<Reachable>();
  const texts = [{ sql, database }];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    const words = wordsOf(text.sql);
    const state = OWN_STATE.find((name) => words.has(name));
    if (state !== undefined) return `The statement may read ${state}, which is not part of any snapshot.`;
    for (const each of reachable) {
      if (seen.has(each) || !words.has(each.name.toLowerCase())) continue;
      const isNear = each.namespace.toLowerCase() === text.database.toLowerCase();
      if (!isNear && !words.has(each.namespace.toLowerCase())) continue;
      seen.add(each);
      if (each.engine !== null) return engineReason(each);
      if (each.definition === null || each.definition === '') {
        return `What ${each.namespace}.${each.name} reads is not visible to the login, so it may lie outside the snapshot.`;
      }
      texts.push({ sql: each.definition, database: each.namespace });
    }
  }
  return null;
}

function engineReason({ namespace, name, engine }: Omit<Reachable, 'definition'>): string {
  return `${namespace}.${name} has the engine ${engine ?? 'unknown'}, which has no snapshots.`;
}

function wordsOf(sql: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [word, quoted] of sql.matchAll(WORDS)) {
    words.add((quoted === undefined ? word : quoted.replaceAll('``', '`')).toLowerCase());
  }
  return words;
}
