import IconButton from '@mui/material/IconButton';
import type { ReactNode } from 'react';
import type { RunDetail } from '../../../src-shared/contract/runs.ts';
import { isAlive } from '../../../src-shared/model/run-state.ts';
import { formatClock, formatMoment } from '../../../src-shared/util/format-moment.ts';
import { CloseIcon } from '../../components/icons.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { useRun } from '../../rpc/live-runs.ts';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { FinishedView } from './finished-view.tsx';
import { PausedNote } from './paused-note.tsx';
import { RunHead } from './run-head.tsx';
import { RunningView } from './running-view.tsx';
import { useRunActions, type Verified } from './use-run-actions.tsx';
import './runs.css';

/** The run that is chosen in the list. */
export function RunScreen(): ReactNode {
  const run = useWorkbench((state) => state.run);
  if (run === null) return <EmptyState title={text.runs.noRun}>{text.runs.chooseRun}</EmptyState>;
  return <OneRun key={run} run={run} />;
}

function OneRun({ run }: { readonly run: string }): ReactNode {
  const { detail, error, refetch } = useRun(run);
  if (error !== null) return <ErrorState error={error} onRetry={refetch} />;
  if (detail === undefined) return <LoadingState what={text.runs.readingRun} />;
  return <ShownRun run={detail} />;
}

function ShownRun({ run }: { readonly run: RunDetail }): ReactNode {
  const actions = useRunActions(run);
  return (
    <>
      <RunHead run={run} actions={actions} />
      {actions.isNotShown ? (
        <div className="note warn" role="status">
          <span className="grow">{text.runs.actions.cannotReveal}</span>
          <DismissButton onDismiss={actions.dismiss} />
        </div>
      ) : null}
      {actions.verified === null ? null : <VerifiedNote verified={actions.verified} onDismiss={actions.dismiss} />}
      {run.paused === null ? null : <PausedNote run={run} paused={run.paused} />}
      {run.queuedUntil === null ? null : (
        <div className="note" role="status">
          {text.runs.pause.queued(formatClock(run.queuedUntil))}
        </div>
      )}
      {isAlive(run) ? <RunningView run={run} /> : <FinishedView run={run} />}
      {actions.dialog}
    </>
  );
}

const TONES = { VERIFIED: '', 'CONSISTENT, NOT ANCHORED': 'warn', BROKEN: 'bad' };

function VerifiedNote({
  verified: { result, at },
  onDismiss,
}: {
  readonly verified: Verified;
  readonly onDismiss: () => void;
}): ReactNode {
  return (
    <div className={`note ${TONES[result.verdict]}`} role="status">
      <span className="strong no-wrap">{text.runs.verified[result.verdict]}</span>
      <span className="grow">
        {result.verdict === 'BROKEN' ? '' : `${text.runs.holds} `}
        {result.findings.map(({ message }) => message).join(' ')}
      </span>
      <span className="faint figures no-wrap">{text.runs.verifiedAt(formatMoment(at))}</span>
      <DismissButton onDismiss={onDismiss} />
    </div>
  );
}

function DismissButton({ onDismiss }: { readonly onDismiss: () => void }): ReactNode {
  return (
    <IconButton aria-label={text.everywhere.close} sx={{ width: 20, height: 20 }} onClick={onDismiss}>
      <CloseIcon size={12} />
    </IconButton>
  );
}
