import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useMemo, type ReactNode } from 'react';
import type { CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import { SectionHead } from '../../../components/section-head.tsx';
import { EmptyState, LoadingState } from '../../../components/states.tsx';
import { visibleParts } from '../../../components/visible-parts.ts';
import { useAnswer, useSettings } from '../../../rpc/core-context.tsx';
import { useWorkbench } from '../../../state/workbench.ts';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { PreviewError } from '../rows/preview-error.tsx';
import { fileLines } from './file-lines.ts';

const words = text.planFormat;

const SAMPLE_ROWS = 20;
/** As many tables as a list can hold that is still looked through. */
const LISTED_TABLES = 200;

interface SampleProps {
  readonly editor: PlanEditorState;
  readonly table: CompiledTableFacts;
}

/** The first lines of a table's file, made by the writer that makes the files. */
export function FormatSample({ editor, table }: SampleProps): ReactNode {
  const { path, file, compiled } = editor;
  const { settings, change } = useSettings();
  const { data, error, isFetching, isPlaceholderData, refetch } = useAnswer(
    ['sample', path, file.digest, table.name],
    (core, signal) => core.plans.sample({ path, table: table.name, rows: SAMPLE_ROWS }, { signal }),
    { enabled: compiled !== null, keepLast: true },
  );
  const isStale = isFetching || isPlaceholderData || error !== null;
  return (
    <>
      <SectionHead
        title={words.sample}
        over
        actions={
          <>
            <span className="faint ellipsis">{data?.cut === true ? words.cut : ''}</span>
            <span className="data faint no-wrap">{data?.encoding}</span>
            <Button
              variant="text"
              sx={{ height: 24 }}
              aria-pressed={settings.showWhitespace}
              onClick={() => void change({ showWhitespace: !settings.showWhitespace })}
            >
              ¶ {text.plan.rows.whitespace}
            </Button>
          </>
        }
      >
        <TableChoice editor={editor} table={table} />
        <span className="second ellipsis">{words.sampleRows(SAMPLE_ROWS)}</span>
      </SectionHead>
      {error === null ? null : <PreviewError error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        <div className="grow">{error === null ? <LoadingState what={text.plan.rows.reading} /> : null}</div>
      ) : (
        <SampleText
          label={words.sampleOf(table.name)}
          sample={data.text}
          marks={settings.showWhitespace}
          dimmed={isStale}
        />
      )}
    </>
  );
}

interface TextProps {
  readonly label: string;
  readonly sample: string;
  readonly marks: boolean;
  readonly dimmed: boolean;
}

function SampleText({ label, sample, marks, dimmed }: TextProps): ReactNode {
  const lines = useMemo(() => fileLines(sample), [sample]);
  if (lines.length === 0) return <EmptyState title={words.empty} />;
  return (
    // It scrolls, so it is reached by keyboard.
    <pre
      className={dimmed ? 'code grow format-sample dimmed' : 'code grow format-sample'}
      tabIndex={0}
      role="region"
      aria-label={label}
      aria-busy={dimmed}
    >
      {lines.map((line, index) => (
        <span key={index} className="code-line">
          <i aria-hidden>{index + 1}</i>
          {marks ? <Marked line={line} /> : line.replace(/[\r\n]+$/, '')}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

function Marked({ line }: { readonly line: string }): ReactNode {
  return visibleParts(line).map(({ text: part, mark, title }, index) =>
    mark ? (
      <span className="value-mark" key={index} title={title}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}

/** The same table as in the tree and in the other steps. */
function TableChoice({ editor, table }: SampleProps): ReactNode {
  const chooseTable = useWorkbench((state) => state.chooseTable);
  const all = editor.compiled?.tables ?? [];
  const first = all.slice(0, LISTED_TABLES);
  const listed = first.includes(table) ? first : [table, ...first];
  return (
    <Select
      value={table.name}
      className="format-table"
      inputProps={{ 'aria-label': words.table }}
      onChange={({ target }) => {
        const next = all.find(({ name }) => name === target.value);
        if (next !== undefined) chooseTable(next.table);
      }}
    >
      {listed.map(({ name, file }) => (
        <MenuItem key={name} value={name} title={file}>
          {name}
        </MenuItem>
      ))}
      {all.length > LISTED_TABLES ? <MenuItem disabled>{words.tablesShown(LISTED_TABLES)}</MenuItem> : null}
    </Select>
  );
}
