import type { ReactNode } from 'react';
import type { CompiledColumn, CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import type { Condition } from '../../../../src-shared/model/filter.ts';
import { filterToSql } from '../../../../src-shared/model/filter.ts';
import { sqlToFilter } from '../../../../src-shared/model/read-filter.ts';
import type { SqlQuoting } from '../../../../src-shared/model/sql-quoting.ts';
import { useFacts } from '../../../rpc/core-context.tsx';
import { entryOf, type PlanEditorState } from '../plan-editor.ts';
import { FilterBuilder } from './filter-builder.tsx';
import { FilterSql } from './filter-sql.tsx';
import { useTypedFilter } from './use-typed-filter.ts';

interface FilterPartProps {
  readonly editor: PlanEditorState;
  readonly table: CompiledTableFacts;
  readonly columns: readonly CompiledColumn[];
}

/** The rows that are taken: conditions beside their SQL, each following the other. */
export function FilterPart({ editor, table, columns }: FilterPartProps): ReactNode {
  const quoting = useQuoting(editor);
  const entry = entryOf(table);
  const [sql, type] = useTypedFilter(table.where, (where) => editor.edit({ kind: 'where', entry, where }));
  const names = columns.map(({ name }) => name);
  const conditions = sqlToFilter(sql, { quoting, columns: names });
  const change = (next: readonly Condition[]): void => type(filterToSql(next, quoting));
  const isFixed = table.pattern !== null;
  return (
    <div className="filter-part">
      <FilterBuilder
        conditions={conditions}
        columns={columns}
        params={Object.keys(editor.plan.params ?? {})}
        isFixed={isFixed}
        onChange={change}
      />
      <FilterSql editor={editor} table={table} sql={sql} isFixed={isFixed} onType={type} />
    </div>
  );
}

const STANDARD: SqlQuoting = { nameQuote: '"', backslashEscapes: false };

function useQuoting({ connection }: PlanEditorState): SqlQuoting {
  const { connectors } = useFacts();
  const quoting = connectors.find(({ id }) => id === connection?.connector)?.traits['quoting'];
  // The connector's own data, typed away by the transport.
  return (quoting as SqlQuoting | undefined) ?? STANDARD;
}
