import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { RunSummary } from '../../../src-shared/contract/runs.ts';
import { isAlive } from '../../../src-shared/model/run-state.ts';
import { HistoryIcon, SearchIcon } from '../../components/icons.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { RunMark } from '../../components/run-mark.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { useFixedRows } from '../../components/use-fixed-rows.ts';
import { useLiveRun, useRunList } from '../../rpc/live-runs.ts';
import { showHistory, showRun } from '../../state/show-run.ts';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { shortMoment } from './moments.ts';
import './runs.css';

const LINE = 48;

/** All runs of this home, newest first. */
export function RunsSide(): ReactNode {
  const { data, error, refetch } = useRunList();
  const [filter, setFilter] = useState('');
  const shown = useMemo(() => matching(data ?? [], filter), [data, filter]);
  return (
    <>
      <div className="side-head">
        {text.runs.list}
        <span className="push">
          <IconButton
            aria-label={text.history.open}
            title={text.history.open}
            disabled={data === undefined || data.length === 0}
            onClick={() => showHistory(chosenPlan(data ?? []), text.history.title)}
          >
            <HistoryIcon />
          </IconButton>
        </span>
      </div>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState what={text.runs.reading} />
      ) : data.length === 0 ? (
        <EmptyState title={text.runs.none}>{text.runs.noneHint}</EmptyState>
      ) : (
        <>
          <FilterField value={filter} onChange={setFilter} />
          <RunLines runs={shown} />
        </>
      )}
    </>
  );
}

/** Of the run that is looked at; null: none is. */
function chosenPlan(runs: readonly RunSummary[]): RunSummary | null {
  const { run: chosen } = useWorkbench.getState();
  return runs.find(({ run }) => run === chosen) ?? null;
}

function matching(runs: readonly RunSummary[], filter: string): readonly RunSummary[] {
  const wanted = filter.trim().toLowerCase();
  if (wanted === '') return runs;
  return runs.filter(({ plan, connection }) => `${plan} ${connection}`.toLowerCase().includes(wanted));
}

function FilterField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
}): ReactNode {
  return (
    <div style={{ padding: 8, flex: 'none' }}>
      <OutlinedInput
        fullWidth
        placeholder={text.runs.filter}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        sx={{ fontSize: 12 }}
        inputProps={{ 'aria-label': text.runs.filter }}
        startAdornment={
          <InputAdornment position="start" sx={{ mr: 0 }}>
            <SearchIcon size={14} />
          </InputAdornment>
        }
      />
    </div>
  );
}

function RunLines({ runs }: { readonly runs: readonly RunSummary[] }): ReactNode {
  const chosen = useWorkbench((state) => state.run);
  const { box, lines, show } = useFixedRows({ count: runs.length, rowHeight: LINE, overscan: 6 });
  const newest = runs[0]?.run;
  useEffect(() => {
    if (chosen === null && newest !== undefined) useWorkbench.getState().chooseRun(newest);
  }, [chosen, newest]);
  const at = runs.findIndex(({ run }) => run === chosen);
  const goTo = (index: number): void => {
    const run = runs[Math.min(Math.max(index, 0), runs.length - 1)];
    if (run === undefined) return;
    showRun(run.run, text.shell.sections.runs);
    show(runs.indexOf(run));
  };
  return (
    <div
      ref={box}
      className="scroll grow"
      role="listbox"
      tabIndex={0}
      aria-label={text.runs.list}
      aria-activedescendant={at === -1 ? undefined : `run-${runs[at]?.run ?? ''}`}
      onKeyDown={(event) => moveBy(event, { at, goTo })}
    >
      <div style={{ height: lines.getTotalSize(), position: 'relative' }} role="presentation">
        {lines.getVirtualItems().map(({ index, start }) => {
          const run = runs[index];
          return run === undefined ? null : (
            <RunLine key={run.run} run={run} top={start} chosen={index === at} onChoose={() => goTo(index)} />
          );
        })}
      </div>
      {runs.length === 0 ? <p className="second no-match">{text.runs.noMatch}</p> : null}
    </div>
  );
}

function moveBy(
  event: KeyboardEvent,
  { at, goTo }: { readonly at: number; readonly goTo: (index: number) => void },
): void {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: Number.MAX_SAFE_INTEGER, Enter: Math.max(at, 0) }[
    event.key
  ];
  if (to === undefined) return;
  event.preventDefault();
  goTo(to);
}

function RunLine({
  run,
  top,
  chosen,
  onChoose,
}: {
  readonly run: RunSummary;
  readonly top: number;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  const live = useLiveRun(isAlive(run) ? run.run : null);
  return (
    <div
      id={`run-${run.run}`}
      role="option"
      aria-selected={chosen}
      className="list-item run-line"
      style={{ transform: `translateY(${top}px)`, height: LINE }}
      onClick={onChoose}
    >
      <span className="first medium">
        <MiddleEllipsis text={run.plan} />
      </span>
      <span className="second-line">
        <RunMark run={live?.summary ?? run} />
        <span className="push figures no-wrap" title={run.started}>
          {shortMoment(run.started)}
        </span>
      </span>
    </div>
  );
}
