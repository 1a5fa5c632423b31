import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import type { ReactNode } from 'react';
import type { RunSummary } from '../../../src-shared/contract/runs.ts';
import type { PlanOfRuns } from '../../../src-shared/model/plan-of-runs.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import type { Unit } from './measures.ts';

const words = text.history;

/** How many runs are shown, the newest. */
export type Span = '30' | '100' | 'all';

const UNITS: readonly { readonly id: Unit; readonly title: string }[] = [
  { id: 'rows', title: words.rows },
  { id: 'bytes', title: words.bytes },
];
const SPANS: readonly { readonly id: Span; readonly title: string }[] = [
  { id: '30', title: words.last('30') },
  { id: '100', title: words.last('100') },
  { id: 'all', title: words.all },
];

/** Whose history it is, and what of it is shown. */
export function HistoryHead({
  plan,
  plans,
  count,
  unit,
  span,
  onUnit,
  onSpan,
}: {
  readonly plan: PlanOfRuns<RunSummary>;
  readonly plans: readonly PlanOfRuns<RunSummary>[];
  /** All runs of the plan. */
  readonly count: number;
  readonly unit: Unit;
  readonly span: Span;
  readonly onUnit: (unit: Unit) => void;
  readonly onSpan: (span: Span) => void;
}): ReactNode {
  const choose = useWorkbench((state) => state.chooseHistory);
  return (
    <div className="history-head">
      <h1>{words.title}</h1>
      <Select
        className="plan-choice"
        value={String(plans.indexOf(plan))}
        inputProps={{ 'aria-label': words.plan }}
        renderValue={() => <MiddleEllipsis text={plan.plan} />}
        onChange={({ target }) => choose(plans[Number(target.value)] ?? null)}
      >
        {plans.map((known, at) => (
          <MenuItem key={at} value={String(at)} sx={{ maxWidth: 560 }}>
            <span className="grow">
              <MiddleEllipsis text={known.plan} />
              <FileOf plan={known} />
            </span>
            <span className="faint figures no-wrap">{words.runs(known.runs.length)}</span>
          </MenuItem>
        ))}
      </Select>
      <FileOf plan={plan} />
      <span className="second figures no-wrap">{count === 0 ? '' : words.runs(count)}</span>
      <span className="push row">
        {count <= 30 ? null : (
          <Segmented
            label={words.span}
            items={SPANS.filter(({ id }) => id === 'all' || Number(id) < count)}
            value={span !== 'all' && Number(span) >= count ? 'all' : span}
            onChange={onSpan}
          />
        )}
        <Segmented label={words.unit} items={UNITS} value={unit} onChange={onUnit} />
      </span>
      <span className="visually-hidden" role="status">
        {words.shown(formatCount(span === 'all' ? count : Math.min(count, Number(span))), formatCount(count))}
      </span>
    </div>
  );
}

/** Which file it is of, where the name alone does not tell. */
function FileOf({ plan: { planPath, isNamesake } }: { readonly plan: PlanOfRuns<RunSummary> }): ReactNode {
  return isNamesake ? (
    <span className="history-file faint">
      <MiddleEllipsis text={planPath ?? words.fileUnknown} />
    </span>
  ) : null;
}
