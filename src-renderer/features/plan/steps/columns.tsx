import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import { EmptyState, ErrorState, LoadingState } from '../../../components/states.tsx';
import { useAnswer } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import { ColumnChoice } from '../columns/column-choice.tsx';
import { FilterPart } from '../columns/filter-part.tsx';
import { TablePreview } from '../columns/table-preview.tsx';
import type { PlanEditorState, StepProps } from '../plan-editor.ts';
import { useTableInFront } from '../use-table-in-front.ts';
import '../columns/columns.css';

const words = text.plan.columns;

/** Step 2: which columns and rows of a table, and what they look like. */
export function ColumnsStep({ editor }: StepProps): ReactNode {
  const { table, pair } = useTableInFront(editor);
  if (pair === null) return <EmptyState title={text.plan.tables.empty}>{text.plan.tables.emptyHint}</EmptyState>;
  if (table === null) {
    const [namespace, name] = pair;
    return (
      <EmptyState title={words.notInPlan(`${namespace}.${name}`)}>
        <Button
          variant="outlined"
          onClick={() => editor.edit({ kind: 'table', table: { namespace, name }, chosen: true })}
        >
          {words.addIt}
        </Button>
      </EmptyState>
    );
  }
  return <TableParts key={table.name} editor={editor} table={table} />;
}

function TableParts({
  editor,
  table,
}: {
  readonly editor: PlanEditorState;
  readonly table: CompiledTableFacts;
}): ReactNode {
  const { path, file } = editor;
  const { data, error } = useAnswer(
    ['plans', 'columns', path, file.digest, table.name],
    (core, signal) => core.plans.columns({ path, tables: [table.name], telling: false }, { signal }),
    { keepLast: true },
  );
  const columns = data?.find(({ name }) => name === table.name)?.columns;
  if (error !== null && columns === undefined) return <ErrorState error={error} />;
  if (columns === undefined) return <LoadingState what={text.plan.compiling} />;
  return (
    <>
      <ColumnChoice editor={editor} table={table} columns={columns} />
      {table.query === null ? <FilterPart editor={editor} table={table} columns={columns} /> : null}
      <TablePreview editor={editor} table={table} columns={columns} />
    </>
  );
}
