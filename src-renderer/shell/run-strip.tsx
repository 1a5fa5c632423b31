import IconButton from '@mui/material/IconButton';
import { useEffect, type ReactNode } from 'react';
import type { RunUpdate } from '../../src-shared/contract/runs.ts';
import { formatClock } from '../../src-shared/util/format-moment.ts';
import { formatRoughDuration } from '../../src-shared/util/format-rough-duration.ts';
import { formatShortCount } from '../../src-shared/util/format-short-count.ts';
import { PauseIcon, RunIcon, StopIcon, WorkingIcon } from '../components/icons.tsx';
import { Bar } from '../components/marks.tsx';
import { MiddleEllipsis } from '../components/middle-ellipsis.tsx';
import { afterReading, isAllWritten } from '../components/run-moving.ts';
import { formatPercent } from '../components/percent.ts';
import { useCore } from '../rpc/core-context.tsx';
import { cancelRun, useAliveRuns } from '../rpc/live-runs.ts';
import { showError } from '../state/notices.ts';
import { showRun } from '../state/show-run.ts';
import { text } from '../text/text.ts';

/** The run that is alive, at the foot of every screen; a click leads to it. */
export function RunStrip(): ReactNode {
  const alive = useAliveRuns();
  const [run] = alive;
  useSystemProgress(run?.summary.progress ?? null);
  if (run === undefined) return null;
  return (
    <section className="run-strip" aria-label={text.runs.strip.label}>
      {run.summary.state === 'running' ? <WorkingIcon className="tone-accent" /> : <PauseIcon className="second" />}
      <LiveFacts run={run} more={alive.length - 1} />
      <span className="push row">
        <PauseButton run={run} />
        <CancelButton run={run} />
      </span>
    </section>
  );
}

/** The progress on the program's icon, where the system shows one. */
function useSystemProgress(progress: number | null): void {
  const rounded = progress === null ? null : Math.round(progress * 100) / 100;
  useEffect(() => {
    window.waybillDesktop?.setProgress(rounded);
  }, [rounded]);
}

function LiveFacts({ run, more }: { readonly run: RunUpdate; readonly more: number }): ReactNode {
  const { summary, totals } = run;
  const progress = summary.progress ?? 0;
  const isWritten = isAllWritten(run.tables);
  return (
    <>
      <button
        type="button"
        className="strip-name"
        aria-label={text.runs.strip.show(summary.plan)}
        onClick={() => showRun(summary.run, text.shell.sections.runs)}
      >
        <MiddleEllipsis text={summary.plan} />
      </button>
      <span className="strip-table data">
        <MiddleEllipsis text={movingOf(run)} />
      </span>
      <Bar
        value={progress}
        width={120}
        moving={summary.state === 'running'}
        label={text.runs.progressOf(summary.plan)}
      />
      <span className="figures medium">
        {summary.cancelling ? text.runs.state.cancelling : formatPercent(progress)}
      </span>
      {summary.queuedUntil !== null ? (
        <span className="second">{text.runs.strip.queued(formatClock(summary.queuedUntil))}</span>
      ) : summary.paused !== null ? (
        <span className="second">{text.runs.strip.paused(formatClock(summary.paused.until))}</span>
      ) : isWritten ? null : (
        <span className="figures second">{text.runs.rowsPerSecond(formatShortCount(totals.rowsPerSecond))}</span>
      )}
      {totals.etaMs === null || isWritten ? null : (
        <span className="figures second ellipsis">{text.runs.strip.left(formatRoughDuration(totals.etaMs))}</span>
      )}
      {more === 0 ? null : <span className="second">{text.runs.strip.more(more)}</span>}
    </>
  );
}

/** What the run is at. */
function movingOf({ tables, deliveries }: RunUpdate): string {
  const table = tables.find(({ state }) => state !== 'waiting' && state !== 'finished');
  if (table !== undefined) return table.name;
  return isAllWritten(tables) ? afterReading(deliveries) : '';
}

/** Only where there is something left to read. */
function PauseButton({ run: { summary, tables } }: { readonly run: RunUpdate }): ReactNode {
  const core = useCore();
  const { run, plan, state, paused, cancelling } = summary;
  if (isAllWritten(tables) || state === 'queued') return null;
  const words = text.runs.strip;
  const act = paused === null ? core.runs.pause : core.runs.goOn;
  return (
    <IconButton
      aria-label={paused === null ? words.pause(plan) : words.goOn(plan)}
      title={paused === null ? text.runs.actions.pause : text.runs.actions.goOn}
      disabled={cancelling}
      onClick={() => void act({ run }).catch(showError)}
    >
      {paused === null ? <PauseIcon size={14} /> : <RunIcon size={14} />}
    </IconButton>
  );
}

function CancelButton({ run: { summary } }: { readonly run: RunUpdate }): ReactNode {
  const core = useCore();
  return (
    <IconButton
      aria-label={text.runs.strip.cancel(summary.plan)}
      title={text.runs.actions.cancel}
      disabled={summary.cancelling}
      onClick={() => void cancelRun(core, summary.run).catch(showError)}
    >
      <StopIcon size={14} />
    </IconButton>
  );
}
