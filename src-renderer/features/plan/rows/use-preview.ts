import { useAnswer } from '../../../rpc/core-context.tsx';
import type { PreviewState } from '../../../../src-shared/contract/plans.ts';
import type { PlanEditorState } from '../plan-editor.ts';

export const PREVIEW_ROWS = 50;

export interface Preview {
  /** The last rows that could be read of this table; null: none yet. */
  readonly shown: PreviewState | null;
  /** They belong to an earlier state of the plan, or newer ones are being read. */
  readonly isStale: boolean;
  readonly error: unknown;
  /** ISO 8601. */
  readonly readAt: string | null;
  readonly again: () => void;
}

/** Rows of a table as they will be written, read anew with each change of the plan. */
export function usePreview(editor: PlanEditorState, table: string, originals: boolean): Preview {
  const { path, file, compiled } = editor;
  // A plan that does not compile shows the rows it showed before, dimmed.
  const digest = file.digest;
  const { data, error, isFetching, isPlaceholderData, dataUpdatedAt, refetch } = useAnswer(
    ['preview', path, digest, table, originals],
    (core, signal) => core.plans.preview({ path, table, rows: PREVIEW_ROWS, originals }, { signal }),
    { enabled: compiled !== null, keepLast: true },
  );
  const shown = data?.name === table ? data : null;
  return {
    shown,
    isStale: isFetching || isPlaceholderData || error !== null,
    error,
    readAt: shown === null ? null : new Date(dataUpdatedAt).toISOString(),
    again: () => void refetch(),
  };
}
