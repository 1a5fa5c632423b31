import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CompiledState, CompiledTableFacts } from '../../../src-shared/contract/plans.ts';
import type { ConnectionFacts } from '../../../src-shared/contract/connections.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';
import { useCore } from '../../rpc/core-context.tsx';
import { showError } from '../../state/notices.ts';
import { CountMemory, type ExactCount } from './count-memory.ts';
import type { ExactCounts } from './plan-editor.ts';

/** While the window is open. */
const memory = new CountMemory();

/** More tables than this are not counted unasked. */
const FEW = 40;

interface Wanted {
  readonly plan: Plan | null;
  readonly compiled: CompiledState | null;
  /** undefined: it is not read yet; null: there is none of this name. */
  readonly connection: ConnectionFacts | null | undefined;
  /** Its rows are in a file of this machine. */
  readonly isLocal: boolean;
}

/** Exact counts of a plan's tables. Of a local file they are taken unasked, since it has no statistics and answers at once. */
export function useExactCounts(path: string, { plan, compiled, connection, isLocal }: Wanted): ExactCounts {
  const core = useCore();
  const saved = connection ?? null;
  const [counting, setCounting] = useState<ReadonlySet<string>>(new Set());
  const [revision, setRevision] = useState(0);
  const running = useRef(new AbortController());
  // Before the screen is drawn: what is going to be counted is never called unknown.
  useLayoutEffect(() => {
    // An effect may be begun, ended and begun again: each time with a signal that has not fired.
    running.current = new AbortController();
    return () => running.current.abort();
  }, []);
  const exact = useMemo((): ExactCounts => {
    // Asked of each table at each drawing; anew when something was counted.
    const found = new WeakMap<CompiledTableFacts, ExactCount | null>();
    const of = (table: CompiledTableFacts): ExactCount | null => {
      if (plan === null || saved === null || memory.isEmpty) return null;
      const before = found.get(table);
      if (before !== undefined) return before;
      const count = memory.of({ plan, connection: saved, table });
      found.set(table, count);
      return count;
    };
    const isComing = (table: CompiledTableFacts): boolean =>
      table.rows === null && (connection === undefined || counting.has(table.name)) && of(table) === null;
    const count = async (tables: readonly CompiledTableFacts[]): Promise<void> => {
      if (plan === null || saved === null || tables.length === 0) return;
      const { signal } = running.current;
      const names = tables.map(({ name }) => name);
      setCounting((now) => new Set([...now, ...names]));
      try {
        const counts = await core.plans.count({ path, tables: names, exact: true }, { signal });
        const at = new Date().toISOString();
        for (const { name, rows } of counts) {
          const table = tables.find((one) => one.name === name);
          if (table !== undefined && rows !== null) memory.keep({ plan, connection: saved, table }, { rows, at });
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
    return { of, isComing, count, counting, cancel };
    // What was counted is no state of its own: its number of changes stands for it.
  }, [core, path, plan, connection, counting, revision]); // oxlint-disable-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    if (!isLocal || saved === null || compiled === null || compiled.tables.length > FEW) return;
    const uncounted = compiled.tables.filter((table) => exact.of(table) === null && !counting.has(table.name));
    // A filter that cannot run yet says so where it is edited.
    if (uncounted.length > 0) void exact.count(uncounted).catch(() => undefined);
    // Again when the plan or its connection has changed, and not because a count has begun or ended.
  }, [compiled?.digest, saved?.revision, isLocal]); // oxlint-disable-line react-hooks/exhaustive-deps
  return exact;
}

/** Counts and shows what fails. */
export function countNow(exact: ExactCounts, tables: readonly CompiledTableFacts[]): void {
  exact.count(tables).catch(showError);
}
