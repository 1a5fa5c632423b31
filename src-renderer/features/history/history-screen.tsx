import { useState, type ReactNode } from 'react';
import type { PastRun, RunSummary } from '../../../src-shared/contract/runs.ts';
import { byPlan, planOf, type PlanOfRuns } from '../../../src-shared/model/plan-of-runs.ts';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { useAnswer } from '../../rpc/core-context.tsx';
import { useRunList } from '../../rpc/live-runs.ts';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { HistoryCharts } from './history-charts.tsx';
import { HistoryHead, type Span } from './history-head.tsx';
import { HistoryTable } from './history-table.tsx';
import type { Unit } from './measures.ts';
import './history.css';

const words = text.history;

/** The runs of one plan over time: how long they took, how much they wrote, how quick they were. */
export function HistoryScreen(): ReactNode {
  const { data, error, refetch } = useRunList();
  const chosen = useWorkbench((state) => state.historyPlan);
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState what={text.runs.reading} />;
  const plans = byPlan(data);
  const plan = (chosen === null ? undefined : planOf(plans, chosen)) ?? plans[0];
  if (plan === undefined) return <EmptyState title={text.runs.none}>{text.runs.noneHint}</EmptyState>;
  return <HistoryOfPlan key={JSON.stringify([plan.plan, plan.planPath])} plan={plan} plans={plans} />;
}

function HistoryOfPlan({
  plan,
  plans,
}: {
  readonly plan: PlanOfRuns<RunSummary>;
  readonly plans: readonly PlanOfRuns<RunSummary>[];
}): ReactNode {
  const [unit, setUnit] = useState<Unit>('rows');
  const [span, setSpan] = useState<Span>('100');
  const { plan: name } = plan;
  const answer = useAnswer(['runs', 'history', name], (core, signal) => core.runs.history({ plan: name }, { signal }), {
    large: true,
  });
  const { error, refetch } = answer;
  // Another file may give its plan the same name.
  const data = answer.data && planOf(byPlan(answer.data), plan)?.runs;
  return (
    <>
      <HistoryHead {...{ plan, plans, unit, span }} count={data?.length ?? 0} onUnit={setUnit} onSpan={setSpan} />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState what={words.reading} />
      ) : (
        <Shown runs={span === 'all' ? data : data.slice(0, Number(span))} unit={unit} />
      )}
    </>
  );
}

/** Charts and table look at the same run. `runs`: newest first. */
function Shown({ runs, unit }: { readonly runs: readonly PastRun[]; readonly unit: Unit }): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null);
  const at = Math.max(
    0,
    runs.findIndex(({ run }) => run === chosen),
  );
  const selected = runs[at]?.run ?? null;
  return (
    <>
      <HistoryCharts runs={runs} unit={unit} at={at} onChoose={setChosen} />
      <HistoryTable runs={runs} selected={selected} onChoose={setChosen} />
    </>
  );
}
