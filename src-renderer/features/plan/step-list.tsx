import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatShortCount } from '../../../src-shared/util/format-short-count.ts';
import { formatTimeOfDay } from '../../../src-shared/util/format-moment.ts';
import { BadIcon, CheckIcon, WarnIcon, WorkingIcon } from '../../components/icons.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { text } from '../../text/text.ts';
import { useRefusedCount } from './columns/refused-tables.ts';
import type { PlanStore } from './plan-document.ts';
import type { PlanEditorState } from './plan-editor.ts';
import { countFindings, STEP_IDS, type StepCounts, type StepId } from './step-ids.ts';
import { STEPS } from './steps.tsx';

interface StepListProps {
  readonly editor: PlanEditorState;
  readonly store: PlanStore;
  readonly step: StepId;
  readonly onStep: (step: StepId) => void;
}

/** The steps, each with how it stands and what it holds; any of them at any time. */
export function StepList({ editor, store, step, onStep }: StepListProps): ReactNode {
  const { compiled, file } = editor;
  const counts = countFindings(compiled?.findings ?? file.findings, {
    suspected: compiled?.summary.suspectedUnmasked ?? 0,
    refused: useRefusedCount(editor),
  });
  return (
    <nav className="plan-steps" aria-label={text.plan.steps}>
      {STEPS.map(({ id, value }) => {
        const worth = value(editor);
        return (
          <button
            key={id}
            type="button"
            className="plan-step"
            aria-current={id === step ? 'step' : undefined}
            title={`${text.plan.stepNames[id]}: ${worth}`}
            onClick={() => onStep(id)}
          >
            <span className="number">{STEP_IDS.indexOf(id) + 1}</span>
            <span className="name">{text.plan.stepNames[id]}</span>
            {id === 'review' ? null : <StepBadge counts={counts[id]} isChecked={compiled !== null} />}
            <span className="value ellipsis">{worth}</span>
          </button>
        );
      })}
      <SavedLine store={store} />
    </nav>
  );
}

interface StepBadgeProps {
  readonly counts: StepCounts;
  /** The plan was compiled: without it nobody knows that a step is in order. */
  readonly isChecked: boolean;
}

function StepBadge({ counts: { errors, warnings }, isChecked }: StepBadgeProps): ReactNode {
  if (errors > 0) {
    return (
      <span className="badge tone-bad" aria-label={text.plan.badge.bad(errors)} role="img">
        <BadIcon size={14} />
        <span className={errors > 99 ? 'wide' : ''}>{formatShortCount(errors)}</span>
      </span>
    );
  }
  if (warnings > 0) {
    return (
      <span className="badge tone-warn" aria-label={text.plan.badge.warn(warnings)} role="img">
        <WarnIcon size={14} />
        <span className={warnings > 99 ? 'wide' : ''}>{formatShortCount(warnings)}</span>
      </span>
    );
  }
  if (!isChecked) return null;
  return (
    <span className="badge tone-ok" aria-label={text.plan.badge.ok} role="img">
      <CheckIcon size={14} />
    </span>
  );
}

function SavedLine({ store }: { readonly store: PlanStore }): ReactNode {
  const { state, saving } = useStore(store);
  if (state === null) return null;
  const name = state.path.split(/[/\\]/).at(-1) ?? state.path;
  return (
    <div className="plan-saved" role="status" title={state.path}>
      <span className="row faint">
        {saving ? <WorkingIcon size={14} /> : <CheckIcon size={14} />}
        <span className="wide">{saving ? text.plan.saving : text.plan.saved(formatTimeOfDay(state.savedAt))}</span>
      </span>
      <span className="data faint wide">
        <MiddleEllipsis text={name} />
      </span>
    </div>
  );
}
