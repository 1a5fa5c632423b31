import type { ReactNode } from 'react';
import { EmptyState, ErrorState, LoadingState } from '../../../components/states.tsx';
import { useAnswer } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import { FormatForm } from '../format/format-form.tsx';
import { FormatLimits } from '../format/format-limits.tsx';
import { migrateLimits } from '../format/migrate-limits.ts';
import { FormatSample } from '../format/format-sample.tsx';
import type { StepProps } from '../plan-editor.ts';
import { useTableInFront } from '../use-table-in-front.ts';
import '../format/format.css';

/** Step 4: how tables become files, what such files do not carry, and what their first lines look like. */
export function FormatStep({ editor }: StepProps): ReactNode {
  const { path, file, compiled } = editor;
  const { table } = useTableInFront(editor);
  const { data, error } = useAnswer(
    ['plans', 'format', path, file.digest],
    (core, signal) => core.plans.format({ path }, { signal }),
    { keepLast: true },
  );
  if (error !== null && data === undefined) return <ErrorState error={error} />;
  if (data === undefined) return <LoadingState what={text.planFormat.reading} />;
  const shown = table ?? compiled?.tables[0];
  return (
    <>
      <div className="format-top">
        <FormatForm editor={editor} state={data} />
        <FormatLimits limits={[...data.limits, ...migrateLimits(compiled)]} />
      </div>
      {shown === undefined ? (
        <EmptyState title={text.plan.tables.empty}>{text.plan.tables.emptyHint}</EmptyState>
      ) : (
        <FormatSample editor={editor} table={shown} />
      )}
    </>
  );
}
