import { useMemo, useRef } from 'react';
import type { TableColumns } from '../../../../src-shared/contract/plans.ts';
import { useAnswer } from '../../../rpc/core-context.tsx';
import type { PlanEditorState } from '../plan-editor.ts';
import { useTableInFront } from '../use-table-in-front.ts';
import { inKeptOrder, maskingRows, type MaskingRow } from './masking-rows.ts';

/** More columns than this, and only those are listed that are masked or look personal. */
const MANY_COLUMNS = 5000;
/** Of those, about so many at once: the ones that are still to be decided about first. */
const TELLING_AT_ONCE = 1000;

export interface MaskingRows {
  /** null: being read. */
  readonly rows: readonly MaskingRow[] | null;
  /** How many of the columns that are masked or look personal are listed, and are there; null: all columns are listed. */
  readonly only: { readonly listed: number; readonly there: number } | null;
  readonly error: unknown;
}

/** The columns that the masking step lists. Of the table in front, all are there, however many the plan has. */
export function useMaskingRows(editor: PlanEditorState): MaskingRows {
  const { path, file, compiled } = editor;
  const telling = (compiled?.summary.columns ?? 0) > MANY_COLUMNS;
  const { data, error } = useAnswer(
    ['plans', 'columns', path, file.digest, telling],
    (core, signal) => core.plans.columns({ path, telling, ...(telling ? { limit: TELLING_AT_ONCE } : {}) }, { signal }),
    { keepLast: true, large: true },
  );
  const front = useTableInFront(editor).table?.name ?? null;
  const { data: inFront } = useAnswer(
    ['plans', 'columns', path, file.digest, front],
    (core, signal) => core.plans.columns({ path, tables: [front ?? ''], telling: false }, { signal }),
    { enabled: telling && front !== null, keepLast: true },
  );
  const kept = useRef(new Map<string, number>());
  const rows = useMemo(() => {
    if (data === undefined) return null;
    const listed = telling ? withTables(data, inFront ?? []) : data;
    return inKeptOrder(maskingRows(compiled?.tables ?? [], listed), kept.current);
  }, [compiled, data, inFront, telling]);
  const { masked = 0, suspectedUnmasked = 0 } = compiled?.summary ?? {};
  const listed = (data ?? []).reduce((sum, { columns }) => sum + columns.length, 0);
  return { rows, only: telling ? { listed, there: masked + suspectedUnmasked } : null, error };
}

function withTables(all: readonly TableColumns[], whole: readonly TableColumns[]): readonly TableColumns[] {
  const names = new Set(whole.map(({ name }) => name));
  return [...whole, ...all.filter(({ name }) => !names.has(name))];
}
