import Button from '@mui/material/Button';
import { useMemo, useState, type ReactNode } from 'react';
import type { CompiledTableFacts, PreviewState } from '../../../../src-shared/contract/plans.ts';
import { EyeIcon } from '../../../components/icons.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { LoadingState } from '../../../components/states.tsx';
import { useSettings } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { PreviewError } from '../rows/preview-error.tsx';
import { RowView, type RowColumn } from '../rows/row-view.tsx';
import { usePreview } from '../rows/use-preview.ts';
import type { MaskingRow } from './masking-rows.ts';
import { seenText } from '../../../text/seen-text.ts';

const words = text.plan.masking;

interface BeforeAfterProps {
  readonly editor: PlanEditorState;
  readonly table: CompiledTableFacts;
  /** The columns of the table that go out. */
  readonly rows: readonly MaskingRow[];
}

/** Rows as they will be written; beside them, where somebody asks, as they are. */
export function BeforeAfter({ editor, table, rows }: BeforeAfterProps): ReactNode {
  const { settings } = useSettings();
  // Asked for at this table, here and now: neither another table nor the next start shows originals because of it.
  const [asked, setAsked] = useState<string | null>(null);
  const originals = asked === table.name;
  const { shown, isStale, error, again } = usePreview(editor, table.name, originals);
  const both = shown?.originals !== undefined;
  const columns = useMemo(() => (shown === null ? [] : columnsOf(shown, rows)), [shown, rows]);
  const values = useMemo(
    () => (shown?.rows ?? []).map((row, index) => [...row, ...(shown?.originals?.[index] ?? [])]),
    [shown],
  );
  return (
    <>
      <SectionHead
        title={seenText(table.table[1])}
        over
        actions={
          <>
            <span className="faint figures no-wrap">
              {shown === null ? '' : both ? words.recorded(shown.rows.length) : words.neverStored(shown.rows.length)}
            </span>
            <Button
              variant="text"
              sx={{ height: 24 }}
              aria-pressed={originals}
              onClick={() => setAsked(originals ? null : table.name)}
            >
              <EyeIcon size={14} />
              {originals ? words.hideOriginals : words.showOriginals}
            </Button>
          </>
        }
      >
        <span className="second ellipsis">{both ? words.beforeAfter : text.plan.rows.asWritten}</span>
      </SectionHead>
      {error === null ? null : <PreviewError error={error} onRetry={again} />}
      {shown === null ? (
        <div className="grow">{error === null ? <LoadingState what={text.plan.rows.reading} /> : null}</div>
      ) : (
        <RowView
          label={`${table.name} ${both ? words.beforeAfter : text.plan.rows.asWritten}`}
          columns={columns}
          values={values}
          marks={settings.showWhitespace}
          dimmed={isStale}
        />
      )}
    </>
  );
}

/** The key first; then the masked columns, before and after where both are there; then what stays as it is. */
function columnsOf(shown: PreviewState, rows: readonly MaskingRow[]): readonly RowColumn[] {
  const facts = new Map(rows.map(({ column }) => [column.name, column]));
  const width = shown.columns.length;
  const all = shown.columns.map((column, at): RowColumn => {
    const known = facts.get(column.name);
    const isMasked = column.mask !== null;
    return {
      id: String(at),
      column,
      at,
      look: isMasked ? 'masked' : 'plain',
      suspected: !isMasked && (known?.personal ?? null) !== null,
    };
  });
  const keys = all.filter(({ column, look }) => look === 'plain' && facts.get(column.name)?.primaryKey === true);
  const masked = all.filter(({ look }) => look === 'masked');
  const rest = all.filter((column) => !keys.includes(column) && !masked.includes(column));
  const before =
    shown.originals === undefined
      ? []
      : masked.map((column, index): RowColumn => ({
          ...column,
          id: `before-${column.id}`,
          at: column.at + width,
          look: 'original',
          begins: index === 0,
        }));
  const begin = (columns: readonly RowColumn[]): readonly RowColumn[] =>
    columns.map((column, index) => ({ ...column, begins: index === 0 && keys.length > 0 }));
  return [...keys, ...before, ...begin(masked), ...begin(rest)];
}
