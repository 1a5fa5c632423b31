import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useMemo, useState, type ReactNode } from 'react';
import type { PlanSummary } from '../../../src-shared/contract/plans.ts';
import { formatDay, formatTimeOfDay } from '../../../src-shared/util/format-moment.ts';
import { CloseIcon, FolderIcon, PlusIcon } from '../../components/icons.tsx';
import { ConnectionDot, type ConnectionColor } from '../../components/marks.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { useAnswer, useCore, useForget } from '../../rpc/core-context.tsx';
import { useOffer } from '../../state/commands.ts';
import { showError } from '../../state/notices.ts';
import { tabKey, useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { NewPlanDialog } from './new-plan-dialog.tsx';
import { OpenPlanFile } from './path-dialog.tsx';
import { showPlan } from './show-plan.ts';
import './plan.css';

const words = text.plan.list;

/** The side panel of Plans: the plans that were opened here, the last one first. */
export function PlansSide(): ReactNode {
  const [dialog, setDialog] = useState<'new' | 'open' | null>(null);
  useOffer(
    useMemo(
      () => [
        { id: 'plan-new', title: words.new, run: () => setDialog('new') },
        { id: 'plan-open', title: words.openTitle, run: () => setDialog('open') },
      ],
      [],
    ),
  );
  return (
    <>
      <div className="side-head">
        <span className="grow">{words.title}</span>
        <IconButton aria-label={words.new} title={words.new} onClick={() => setDialog('new')}>
          <PlusIcon size={14} />
        </IconButton>
        <IconButton aria-label={words.open} title={words.open} onClick={() => setDialog('open')}>
          <FolderIcon size={14} />
        </IconButton>
      </div>
      <PlanList onNew={() => setDialog('new')} />
      {dialog === 'new' ? <NewPlanDialog onClose={() => setDialog(null)} /> : null}
      {dialog === 'open' ? <OpenPlanFile onClose={() => setDialog(null)} /> : null}
    </>
  );
}

function PlanList({ onNew }: { readonly onNew: () => void }): ReactNode {
  const { data, error } = useAnswer(['plans', 'list'], (core, signal) => core.plans.list(undefined, { signal }));
  const { data: connections } = useAnswer(['connections', 'list'], (core, signal) =>
    core.connections.list(undefined, { signal }),
  );
  const core = useCore();
  const forget = useForget();
  if (error !== null) return <ErrorState error={error} />;
  if (data === undefined) return <LoadingState what={text.plan.reading} />;
  if (data.length === 0) {
    return (
      <EmptyState title={words.empty}>
        <span className="column" style={{ gap: 8, alignItems: 'flex-start' }}>
          {words.emptyHint}
          <Button variant="outlined" onClick={onNew}>
            {words.new}
          </Button>
        </span>
      </EmptyState>
    );
  }
  return (
    <ul className="scroll grow">
      {data.map((plan) => (
        <PlanLine
          key={plan.path}
          plan={plan}
          color={connections?.find(({ name }) => name === plan.connection)?.color ?? 'grey'}
          onForget={() => {
            core.plans
              .forget({ path: plan.path })
              .then(() => forget(['plans', 'list']))
              .catch(showError);
          }}
        />
      ))}
    </ul>
  );
}

interface PlanLineProps {
  readonly plan: PlanSummary;
  readonly color: ConnectionColor;
  readonly onForget: () => void;
}

function PlanLine({ plan, color, onForget }: PlanLineProps): ReactNode {
  const active = useWorkbench((state) => state.active);
  return (
    <li className="plan-list-line">
      <button
        type="button"
        className="list-item"
        aria-current={active === tabKey({ kind: 'plan', id: plan.path }) ? 'true' : undefined}
        disabled={!plan.exists}
        title={plan.path}
        onClick={() => showPlan(plan)}
      >
        <span className="first">
          <MiddleEllipsis text={plan.name} />
        </span>
        <span className="second-line">
          {plan.connection === null ? null : (
            <>
              <ConnectionDot color={color} />
              <span className="ellipsis">{plan.connection}</span>
            </>
          )}
          <span className="push figures no-wrap">{plan.exists ? momentOf(plan.modified) : words.gone}</span>
        </span>
      </button>
      <IconButton aria-label={words.forget(plan.name)} title={words.forget(plan.name)} onClick={onForget}>
        <CloseIcon size={12} />
      </IconButton>
    </li>
  );
}

/** Today's time, else the day. */
function momentOf(modified: string | null): string {
  if (modified === null) return '';
  const day = formatDay(modified);
  return day === formatDay(new Date().toISOString()) ? formatTimeOfDay(modified) : day;
}
