import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useMemo, type ReactNode } from 'react';
import type { CompiledColumn, CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import { formatDuration } from '../../../../src-shared/util/format-duration.ts';
import { formatTimeOfDay } from '../../../../src-shared/util/format-moment.ts';
import { RefreshIcon } from '../../../components/icons.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { LoadingState } from '../../../components/states.tsx';
import { useSettings } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { PreviewError } from '../rows/preview-error.tsx';
import { RowView, type RowColumn } from '../rows/row-view.tsx';
import { usePreview } from '../rows/use-preview.ts';
import { useNoteRefusal } from './refused-tables.ts';

const words = text.plan.rows;

interface TablePreviewProps {
  readonly editor: PlanEditorState;
  readonly table: CompiledTableFacts;
  readonly columns: readonly CompiledColumn[];
}

/** The first rows of a table as they will be written. */
export function TablePreview({ editor, table, columns }: TablePreviewProps): ReactNode {
  const { settings, change } = useSettings();
  const { shown, isStale, error, readAt, again } = usePreview(editor, table.name, false);
  useNoteRefusal(editor, table, { error, isFresh: shown !== null && !isStale });
  const drawn = useMemo(
    () =>
      (shown?.columns ?? []).map((column, at): RowColumn => {
        const facts = columns.find(({ name }) => name === column.name);
        const look = column.mask === null ? 'plain' : 'masked';
        return { id: String(at), column, at, look, suspected: look === 'plain' && (facts?.personal ?? null) !== null };
      }),
    [shown, columns],
  );
  return (
    <>
      <SectionHead
        title={words.title}
        over
        actions={
          <>
            <span className="faint figures no-wrap">
              {shown === null || readAt === null
                ? ''
                : words.read(shown.rows.length, formatTimeOfDay(readAt), formatDuration(shown.elapsedMs))}
            </span>
            <Button
              variant="text"
              sx={{ height: 24 }}
              aria-pressed={settings.showWhitespace}
              onClick={() => void change({ showWhitespace: !settings.showWhitespace })}
            >
              ¶ {words.whitespace}
            </Button>
            <IconButton aria-label={words.again} title={words.again} onClick={again}>
              <RefreshIcon size={14} />
            </IconButton>
          </>
        }
      >
        <span className="second ellipsis">{words.asWritten}</span>
      </SectionHead>
      {error === null ? null : <PreviewError error={error} onRetry={again} />}
      {shown === null ? (
        <div className="grow">{error === null ? <LoadingState what={words.reading} /> : null}</div>
      ) : (
        <RowView
          label={`${words.title} ${table.name}`}
          columns={drawn}
          values={shown.rows}
          marks={settings.showWhitespace}
          dimmed={isStale}
        />
      )}
    </>
  );
}
