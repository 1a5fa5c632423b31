import { useEffect, useMemo, useRef, useState } from 'react';
import type { CompiledState, CompiledTableFacts } from '../../../src-shared/contract/plans.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';
import { useCore } from '../../rpc/core-context.tsx';
import { showError } from '../../state/notices.ts';
import type { ExactCounts } from './plan-editor.ts';

/** Kept while the window is open, by what was counted: a filter that is taken back finds its count again. */
const known = new Map<string, number>();

/** What a count rests on: not the columns, not the masks. */
function placeOf(plan: Plan, { name, where, limit, query }: CompiledTableFacts): string {
  // Looked for where it is one: a plan of 10,000 tables asks 10,000 times.
  const sql = query === null ? null : plan.tables.find((entry) => 'query' in entry && entry.name === query);
  return JSON.stringify([plan.connection, name, where, limit, sql, plan.params ?? {}]);
}

/** More tables than this are not counted unasked. */
const FEW = 40;

/** Exact counts of a plan's tables. Of a local file they are taken unasked, since it has no statistics and answers at once. */
export function useExactCounts(
  path: string,
  { plan, compiled, isLocal }: { plan: Plan | null; compiled: CompiledState | null; isLocal: boolean },
): ExactCounts {
  const core = useCore();
  const [counting, setCounting] = useState<ReadonlySet<string>>(new Set());
  const [revision, setRevision] = useState(0);
  const running = useRef(new AbortController());
  useEffect(() => {
    // An effect may be begun, ended and begun again: each time with a signal that has not fired.
    running.current = new AbortController();
    return () => running.current.abort();
  }, []);
  const exact = useMemo((): ExactCounts => {
    // Asked of each table at each drawing; anew when something was counted.
    const found = new WeakMap<CompiledTableFacts, number | null>();
    const of = (table: CompiledTableFacts): number | null => {
      if (plan === null || known.size === 0) return null;
      const before = found.get(table);
      if (before !== undefined) return before;
      const rows = known.get(placeOf(plan, table)) ?? null;
      found.set(table, rows);
      return rows;
    };
    const count = async (tables: readonly CompiledTableFacts[]): Promise<void> => {
      if (plan === null || tables.length === 0) return;
      const { signal } = running.current;
      const names = tables.map(({ name }) => name);
      setCounting((now) => new Set([...now, ...names]));
      try {
        for (const { name, rows } of await core.plans.count({ path, tables: names, exact: true }, { signal })) {
          const table = tables.find((one) => one.name === name);
          if (table !== undefined && rows !== null) known.set(placeOf(plan, table), rows);
        }
        setRevision((now) => now + 1);
      } finally {
        setCounting((now) => new Set([...now].filter((name) => !names.includes(name))));
      }
    };
    const cancel = (): void => {
      running.current.abort();
      running.current = new AbortController();
    };
    return { of, count, counting, cancel };
    // What was counted is no state of its own: its number of changes stands for it.
  }, [core, path, plan, counting, revision]); // oxlint-disable-line react-hooks/exhaustive-deps
  useEffect(() => {
    if (!isLocal || compiled === null || compiled.tables.length > FEW) return;
    const uncounted = compiled.tables.filter((table) => exact.of(table) === null && !counting.has(table.name));
    // A filter that cannot run yet says so where it is edited.
    if (uncounted.length > 0) void exact.count(uncounted).catch(() => undefined);
    // Again when the plan has changed, and not because a count has begun or ended.
  }, [compiled?.digest, isLocal]); // oxlint-disable-line react-hooks/exhaustive-deps
  return exact;
}

/** Counts and shows what fails. */
export function countNow(exact: ExactCounts, tables: readonly CompiledTableFacts[]): void {
  exact.count(tables).catch(showError);
}
