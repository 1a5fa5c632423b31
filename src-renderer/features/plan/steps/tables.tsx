import type { ReactNode } from 'react';
import { AddByName } from '../tables/add-by-name.tsx';
import { ChosenTables } from '../tables/chosen-tables.tsx';
import { Relationships } from '../tables/relationships.tsx';
import { SuspectList } from '../tables/suspect-list.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { text } from '../../../text/text.ts';
import type { StepProps } from '../plan-editor.ts';
import '../tables/tables.css';

/** Step 1: which tables, what is suspected in them, and how they hang together. */
export function TablesStep({ editor }: StepProps): ReactNode {
  const tables = editor.compiled?.tables ?? [];
  return (
    <>
      <SectionHead title={text.plan.tables.title} actions={<AddByName editor={editor} />} />
      {tables.length === 0 ? (
        <EmptyState title={text.plan.tables.empty}>{text.plan.tables.emptyHint}</EmptyState>
      ) : (
        <div className="column grow tables-step">
          <ChosenTables editor={editor} tables={tables} />
          <SuspectList editor={editor} />
          <Relationships editor={editor} />
        </div>
      )}
    </>
  );
}
