import { useEffect } from 'react';
import { create } from 'zustand';
import type { CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import { isAppError } from '../../../../src-shared/errors/app-error.ts';
import type { PlanEditorState } from '../plan-editor.ts';

interface RefusedTables {
  /** The condition under which the server would not read a table, by plan and table. */
  readonly under: ReadonlyMap<string, string>;
}

const useRefused = create<RefusedTables>()(() => ({ under: new Map() }));

const keyOf = (path: string, { name }: CompiledTableFacts): string => `${path}\0${name}`;
const conditionOf = ({ where, query }: CompiledTableFacts): string => JSON.stringify([where, query]);

/** Remembers whether the server would read a table under its present condition, as its preview has just found. */
export function useNoteRefusal(
  { path }: PlanEditorState,
  table: CompiledTableFacts,
  { error, isFresh }: { readonly error: unknown; readonly isFresh: boolean },
): void {
  const key = keyOf(path, table);
  const condition = conditionOf(table);
  const isRefused = isAppError(error) && error.code.startsWith('SOURCE/') && ['input', 'denied'].includes(error.kind);
  useEffect(() => {
    if (!isRefused && !isFresh) return;
    useRefused.setState(({ under }) => {
      if (isRefused === (under.get(key) === condition)) return {};
      const next = new Map(under);
      if (isRefused) next.set(key, condition);
      else next.delete(key);
      return { under: next };
    });
  }, [key, condition, isRefused, isFresh]);
}

/** Tables of a plan that the server would not read as the plan asks for them now, as far as somebody has looked. */
export function useRefusedCount({ path, compiled }: PlanEditorState): number {
  const under = useRefused((state) => state.under);
  if (compiled === null || under.size === 0) return 0;
  return compiled.tables.filter((table) => under.get(keyOf(path, table)) === conditionOf(table)).length;
}
