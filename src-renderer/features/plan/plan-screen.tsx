import { memo, Suspense, useCallback, useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { OpenVault } from '../../forms/open-vault.tsx';
import { useForget } from '../../rpc/core-context.tsx';
import { useOffer, type Command } from '../../state/commands.ts';
import { text } from '../../text/text.ts';
import { FilePanel } from './file-panel.tsx';
import { OutsideChange } from './outside-change.tsx';
import { isChangedOutside, type PlanStore } from './plan-document.ts';
import type { PlanEditorState } from './plan-editor.ts';
import { PlanHead } from './plan-head.tsx';
import { PlanSlip } from './plan-slip.tsx';
import { PlanTrouble } from './plan-trouble.tsx';
import { SampleLine } from './sample-line.tsx';
import type { StepId } from './step-ids.ts';
import { goToStep, useStepInFront } from './step-in-front.ts';
import { StepList } from './step-list.tsx';
import { STEPS } from './steps.tsx';
import { usePlanEditor, usePlanStore } from './use-plan-editor.ts';
import { useProvideSelection } from './use-provide-selection.ts';
import './plan.css';

/** The editor of a plan file. `id`: its path. */
export function PlanScreen({ id: path }: { readonly id: string }): ReactNode {
  const store = usePlanStore(path);
  const step = useStepInFront(path);
  // The list of steps answers at once; the step itself is drawn in pieces between which the page goes on answering.
  const drawnStep = useDeferredValue(step);
  const setStep = useCallback((next: StepId) => goToStep(path, next), [path]);
  const [fileShown, setFileShown] = useState(false);
  const editor = usePlanEditor(store, path, setStep);
  const { state, error } = useStore(store);
  useProvideSelection(editor);
  usePlanCommands(store, { goTo: setStep, toggleFile: () => setFileShown((now) => !now) });
  if (state === null)
    return error === null ? (
      <LoadingState what={text.plan.reading} />
    ) : (
      <ErrorState error={error} onRetry={() => void store.getState().open()} />
    );
  return (
    <>
      <SampleLine editor={editor} />
      <PlanHead
        store={store}
        editor={editor}
        fileShown={fileShown}
        onToggleFile={() => setFileShown(!fileShown)}
        onReview={step === 'review' ? null : () => setStep('review')}
      />
      <OutsideChange store={store} />
      {error === null || isChangedOutside(error) ? null : (
        <PlanTrouble error={error} onDismiss={() => store.setState({ error: null })} />
      )}
      <div className="plan-body">
        {editor === null ? null : <StepList editor={editor} store={store} step={step} onStep={setStep} />}
        <Stage editor={editor} store={store} step={drawnStep} />
        {fileShown ? <FilePanel file={state} /> : null}
      </div>
      {editor === null ? null : <PlanSlip editor={editor} />}
    </>
  );
}

interface StageProps {
  readonly editor: PlanEditorState | null;
  readonly store: PlanStore;
  readonly step: StepId;
}

const Stage = memo(function Stage({ editor, store, step }: StageProps): ReactNode {
  const { state } = useStore(store);
  const Screen = STEPS.find(({ id }) => id === step)?.screen;
  if (editor === null) {
    const first = state?.findings.find(({ severity }) => severity === 'error');
    return (
      <div className="plan-stage">
        <div className="state-panel" role="alert">
          <span className="strong">{text.plan.notPlan}</span>
          <span>{first === undefined ? null : `${first.message} (${text.plan.line(first.line ?? 1)})`}</span>
          <span className="second">{text.plan.notPlanHint}</span>
        </div>
      </div>
    );
  }
  if (editor.compileError !== null && editor.compiled === null) {
    return (
      <div className="plan-stage">
        <NotCompiled path={editor.path} error={editor.compileError} />
      </div>
    );
  }
  return (
    <div className="plan-stage" role="region" aria-label={text.plan.stepNames[step]}>
      {editor.compiled === null || Screen === undefined ? (
        <LoadingState what={text.plan.compiling} />
      ) : (
        <Suspense fallback={<LoadingState what={text.plan.compiling} />}>
          <Screen editor={editor} />
        </Suspense>
      )}
    </div>
  );
});

/** Why the plan cannot be looked at beside its database: it can be tried again, and a locked vault opened. */
function NotCompiled({ path, error }: { readonly path: string; readonly error: unknown }): ReactNode {
  const forget = useForget();
  const again = (): void => void forget(['plans', 'compile', path]);
  return (
    <>
      <ErrorState error={error} onRetry={again} />
      <OpenVault error={error} onOpened={again} />
    </>
  );
}

function usePlanCommands(
  store: PlanStore,
  { goTo, toggleFile }: { readonly goTo: (step: StepId) => void; readonly toggleFile: () => void },
): void {
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: 'plan-undo', title: text.plan.undo, keys: 'mod+z', run: () => store.getState().undoLast() },
      { id: 'plan-redo', title: text.plan.redo, keys: 'mod+shift+z', run: () => store.getState().redoLast() },
      { id: 'plan-review', title: text.plan.review, keys: 'mod+enter', run: () => goTo('review') },
      ...STEPS.map(({ id }) => ({ id: `plan-step-${id}`, title: text.plan.stepNames[id], run: () => goTo(id) })),
      { id: 'plan-file', title: text.plan.viewFile, run: toggleFile },
    ],
    // Both only set state.
    [store], // oxlint-disable-line react-hooks/exhaustive-deps
  );
  useOffer(commands);
}
