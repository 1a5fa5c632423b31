import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { Hold } from '../../ports/connector.ts';
import { ignoring } from '../kit/ignoring.ts';
import { quoteTable } from './dialect.ts';
import { judgeEngines } from './judge-engines.ts';
import type { Link } from './link.ts';

const NEVER = new AbortController().signal;

/**
 * Keeps writers away from the tables: those in the middle of a transaction that changed one are waited for, later ones wait.
 * Asks for no right but LOCK TABLES on what is read, and holds up nothing else; a global read lock would do both. What a
 * condition, a view or a query reads besides cannot be named here, and tables of other engines have no snapshot: null.
 */
export async function holdTables(link: Link, reads: readonly TableRead[], signal: AbortSignal): Promise<Hold | null> {
  const names = new Set<string>();
  for (const { source, where } of reads) {
    if (source.kind !== 'table' || where !== null) return null;
    names.add(quoteTable(source.table));
  }
  const verdicts = await judgeEngines(link, reads, signal);
  if (names.size === 0 || verdicts.some(({ isInnodb }) => !isInnodb)) return null;
  await link.rows(
    `lock tables ${[...names]
      .sort()
      .map((name) => `${name} read`)
      .join(', ')}`,
    signal,
  );
  return {
    // They are held for as long as the connection is there.
    lasts: async (own) => (await link.rows('select 1', own)).length === 1,
    // Should it fail, the end of the connection releases them.
    [Symbol.asyncDispose]: () => ignoring(link.rows('unlock tables', NEVER), 'the connection ends next'),
  };
}
