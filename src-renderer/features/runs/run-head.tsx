import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState, type ReactNode } from 'react';
import type { RunDetail } from '../../../src-shared/contract/runs.ts';
import { isAlive } from '../../../src-shared/model/run-state.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import {
  AuditIcon,
  FolderIcon,
  HistoryIcon,
  LedgerIcon,
  MoreIcon,
  PauseIcon,
  RefreshIcon,
  RightIcon,
  RunIcon,
  StopIcon,
  TargetIcon,
} from '../../components/icons.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { RunMark } from '../../components/run-mark.tsx';
import { showHistory } from '../../state/show-run.ts';
import { text } from '../../text/text.ts';
import { canPause, canResume, hasFailed, type RunActions } from './use-run-actions.tsx';

const words = text.runs.actions;

/** Which run it is, how it stands, what can be done with it. */
export function RunHead({ run, actions }: { readonly run: RunDetail; readonly actions: RunActions }): ReactNode {
  return (
    <div className="run-head">
      <div className="run-names">
        <h1>
          <MiddleEllipsis text={run.plan} />
        </h1>
        <span className="data faint run-id">{run.run}</span>
      </div>
      {isAlive(run) ? <RunMark run={run} size={16} /> : null}
      <span className="push row actions">
        {isAlive(run) ? (
          <RunningActions run={run} actions={actions} />
        ) : (
          <FinishedActions run={run} actions={actions} />
        )}
      </span>
    </div>
  );
}

interface Part {
  readonly run: RunDetail;
  readonly actions: RunActions;
}

function RunningActions({ run, actions }: Part): ReactNode {
  if (!run.here) return null;
  return (
    <>
      <PauseButton run={run} actions={actions} />
      <Button variant="outlined" disabled={run.cancelling} onClick={actions.cancel}>
        <StopIcon size={14} />
        {run.cancelling ? text.runs.state.cancelling : words.cancel}
      </Button>
    </>
  );
}

/** What it costs stands on the button as well: it is said before, not only after. */
function PauseButton({ run, actions }: Part): ReactNode {
  const { pausable, paused } = run;
  if (paused !== null) {
    return (
      <Button variant="contained" disabled={run.cancelling} onClick={actions.goOn}>
        <RunIcon size={14} />
        {words.goOn}
      </Button>
    );
  }
  if (pausable === null) return null;
  return (
    <Button
      variant="outlined"
      disabled={!canPause(run)}
      title={text.runs.pause.before(pausable.minutes, pausable.meanwhile)}
      onClick={actions.pause}
    >
      <PauseIcon size={14} />
      {words.pause}
    </Button>
  );
}

function FinishedActions({ run, actions }: Part): ReactNode {
  const isOpen = canResume(run);
  const canRetry = hasFailed(run);
  return (
    <>
      {isOpen ? (
        <Button
          variant="contained"
          disabled={actions.busy === 'repeat'}
          title={words.resumeHint}
          onClick={actions.resume}
        >
          <RightIcon size={14} />
          {words.resume}
        </Button>
      ) : null}
      {canRetry ? (
        <Button
          variant="outlined"
          disabled={actions.busy === 'repeat'}
          title={words.retryHint}
          onClick={() => actions.repeat(true)}
        >
          <RefreshIcon size={14} />
          {words.retryFailed}
        </Button>
      ) : null}
      {run.package === null ? null : (
        <Button variant={isOpen ? 'outlined' : 'contained'} onClick={actions.openFolder} title={run.package}>
          <FolderIcon size={14} />
          {words.openFolder}
        </Button>
      )}
      {run.package === null ? (
        <Button variant="outlined" disabled={actions.busy === 'repeat'} onClick={() => actions.repeat(false)}>
          <RefreshIcon size={14} />
          {words.again}
        </Button>
      ) : (
        <Button variant="outlined" onClick={actions.deliver}>
          <TargetIcon size={14} />
          {words.deliver}
        </Button>
      )}
      <MoreActions run={run} actions={actions} />
    </>
  );
}

function MoreActions({ run, actions }: Part): ReactNode {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const pick = (act: () => void) => (): void => {
    setAnchor(null);
    act();
  };
  return (
    <>
      {run.package === null ? null : (
        <Button variant="outlined" disabled={actions.busy === 'verify'} onClick={actions.verify}>
          <AuditIcon size={14} />
          {actions.busy === 'verify' ? words.verifying : words.verify}
        </Button>
      )}
      <IconButton
        aria-label={text.everywhere.more}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MoreIcon />
      </IconButton>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {run.ledgerSeq === null ? null : (
          <MenuItem onClick={pick(actions.showLedger)}>
            <LedgerIcon size={14} />
            {words.ledger(formatCount(run.ledgerSeq))}
          </MenuItem>
        )}
        <MenuItem onClick={pick(() => showHistory(run, text.history.title))}>
          <HistoryIcon size={14} />
          {text.history.ofPlan}
        </MenuItem>
        <MenuItem onClick={pick(() => actions.repeat(false))}>
          <RefreshIcon size={14} />
          {words.again}
        </MenuItem>
      </Menu>
    </>
  );
}
