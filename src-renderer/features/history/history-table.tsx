import { useMemo, type KeyboardEvent, type ReactNode } from 'react';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { PastRun } from '../../../src-shared/contract/runs.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { formatMoment } from '../../../src-shared/util/format-moment.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { NARROW_WINDOW } from '../../components/narrow-window.ts';
import { RowGrid, type RowGridColumn } from '../../components/row-grid.tsx';
import { RunMark } from '../../components/run-mark.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { showRun } from '../../state/show-run.ts';
import { text } from '../../text/text.ts';
import { OpenRun } from './open-run.tsx';
import { kindOf, usualTables } from './kinds.ts';
import { MarkShape } from './run-dot.tsx';

const words = text.history;

/** The same figures as in the charts, a run a line, newest first. */
export function HistoryTable({
  runs,
  selected,
  onChoose,
}: {
  readonly runs: readonly PastRun[];
  readonly selected: string | null;
  readonly onChoose: (run: string) => void;
}): ReactNode {
  const isNarrow = useMediaQuery(NARROW_WINDOW);
  const usual = usualTables(runs);
  const columns = useMemo(() => columnsOf({ usual, isNarrow }), [usual, isNarrow]);
  return (
    <>
      <SectionHead over title={words.table} actions={<OpenRun run={selected} />}>
        <span className="second ellipsis">{words.tableHint}</span>
      </SectionHead>
      <RowGrid
        label={words.table}
        rows={runs}
        idOf={({ run }) => run}
        columns={columns}
        selected={selected}
        onSelect={({ run }) => onChoose(run)}
        onKey={openByEnter}
      />
    </>
  );
}

function openByEnter(event: KeyboardEvent, { run }: PastRun): boolean {
  if (event.key !== 'Enter') return false;
  showRun(run, text.shell.sections.runs);
  return true;
}

function columnsOf({
  usual,
  isNarrow,
}: {
  readonly usual: number | null;
  readonly isNarrow: boolean;
}): readonly RowGridColumn<PastRun>[] {
  const figures = (
    id: string,
    [title, width]: readonly [string, string],
    of: (volume: NonNullable<PastRun['volume']>) => string | null,
  ): RowGridColumn<PastRun> => ({
    ...{ id, title, width, right: true },
    cell: ({ volume }) => <Figure of={volume === null ? null : of(volume)} />,
  });
  return [
    {
      ...{ id: 'started', title: text.runs.started, width: isNarrow ? '128px' : '148px' },
      cell: ({ started }) => (
        <span className="figures" title={started}>
          {formatMoment(started)}
        </span>
      ),
    },
    { ...{ id: 'state', title: words.state, width: 'minmax(96px, 1fr)' }, cell: (run) => <StateOf run={run} /> },
    {
      ...{ id: 'tables', title: text.runs.tables, width: isNarrow ? '64px' : '84px', right: true },
      cell: (run) => <TablesOf run={run} usual={usual} />,
    },
    figures('took', [text.runs.took, '72px'], ({ elapsedMs }) =>
      elapsedMs === null ? null : formatDuration(elapsedMs),
    ),
    figures('rows', [text.runs.rows, isNarrow ? '92px' : '112px'], ({ rows }) => formatCount(rows)),
    figures('bytes', [text.runs.size, '84px'], ({ bytes }) => formatBytes(bytes)),
    figures('rows/s', [text.runs.rowsEachSecond, '84px'], ({ rowsPerSecond }) =>
      rowsPerSecond === null ? null : formatCount(rowsPerSecond),
    ),
    figures('bytes/s', [text.runs.report.bytesEachSecond, '88px'], ({ bytesPerSecond }) =>
      bytesPerSecond === null ? null : formatBytes(bytesPerSecond),
    ),
  ];
}

function Figure({ of }: { readonly of: string | null }): ReactNode {
  if (of === null) return <span className="faint">{text.everywhere.unknown}</span>;
  return <span className="figures">{of}</span>;
}

function StateOf({ run }: { readonly run: PastRun }): ReactNode {
  return (
    <span className="row" title={run.resumes === null ? undefined : words.resumes(run.resumes)}>
      <RunMark run={run} />
      {run.resumes === null ? null : <span className="faint"> {words.goesOn}</span>}
    </span>
  );
}

/** Another number than usual has the mark that the charts give it. */
function TablesOf({ run, usual }: { readonly run: PastRun; readonly usual: number | null }): ReactNode {
  const isOther = kindOf(run, usual) === 'other';
  return (
    <span className="figures tables-of" title={isOther ? words.legend.other : undefined}>
      {isOther ? (
        <svg width={12} height={12} role="img" aria-label={words.legend.other}>
          <MarkShape kind="other" x={6} y={6} />
        </svg>
      ) : null}
      {formatCount(run.tables)}
    </span>
  );
}
