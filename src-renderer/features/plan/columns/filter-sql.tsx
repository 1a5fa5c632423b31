import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { ReactNode } from 'react';
import type { CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import { formatClock } from '../../../../src-shared/util/format-moment.ts';
import { formatCount } from '../../../../src-shared/util/format-number.ts';
import { Counting } from '../../../components/marks.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { countNow } from '../use-exact-counts.ts';
import { remedyOnScreen } from '../../../text/error-on-screen.ts';

const words = text.plan.filter;

interface FilterSqlProps {
  readonly editor: PlanEditorState;
  readonly table: CompiledTableFacts;
  readonly sql: string | null;
  readonly isFixed: boolean;
  readonly onType: (sql: string | null) => void;
}

/** The filter as SQL, and how many rows it leaves. */
export function FilterSql({ editor, table, sql, isFixed, onType }: FilterSqlProps): ReactNode {
  const { compiled, exact } = editor;
  const finding = compiled?.findings.find(
    ({ severity, table: name, field, code }) =>
      severity === 'error' &&
      name === table.name &&
      field === undefined &&
      (code.startsWith('PLAN/SQL') || code.startsWith('PLAN/PARAM')),
  );
  const isCounting = exact.counting.has(table.name);
  return (
    <section className="filter-sql" aria-label={words.sql}>
      <SectionHead
        title={words.sql}
        actions={
          <>
            <CountFact editor={editor} table={table} />
            <Button
              variant="outlined"
              sx={{ height: 24 }}
              onClick={() => (isCounting ? exact.cancel() : countNow(exact, [table]))}
            >
              {isCounting ? text.everywhere.cancel : words.count}
            </Button>
          </>
        }
      />
      <div className="filter-sql-text">
        <OutlinedInput
          multiline
          fullWidth
          minRows={2}
          maxRows={6}
          value={sql ?? ''}
          disabled={isFixed}
          placeholder={words.sqlNone}
          error={finding !== undefined}
          onChange={({ target }) => onType(target.value === '' ? null : target.value)}
          inputProps={{ 'aria-label': words.where, className: 'data', spellCheck: false }}
          startAdornment={<span className="data faint where">where</span>}
        />
        {finding === undefined ? null : (
          <p className="small tone-bad" role="alert">
            {finding.message} {remedyOnScreen(finding.code, finding.remedy)}
          </p>
        )}
      </div>
    </section>
  );
}

function CountFact({
  editor,
  table,
}: {
  readonly editor: PlanEditorState;
  readonly table: CompiledTableFacts;
}): ReactNode {
  const exact = editor.exact.of(table);
  const rows = exact?.rows ?? table.rows;
  if (editor.exact.isComing(table)) return <Counting />;
  if (rows === null) return <span className="faint">{words.notCounted}</span>;
  return (
    <span className="figures no-wrap">
      <span className="medium">
        {exact === null ? '~' : ''}
        {formatCount(rows)}
      </span>{' '}
      <span className="faint">
        {exact === null ? words.beforeFilter(table.where !== null) : words.rowsExact(formatClock(exact.at))}
      </span>
    </span>
  );
}
