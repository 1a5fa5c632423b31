import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import { PlusIcon } from '../../../components/icons.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { EmptyState, ErrorState } from '../../../components/states.tsx';
import { AddTargetDialog } from '../../../forms/targets/add-target-dialog.tsx';
import { useAnswer, useForget } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import { Deliveries } from '../deliver/deliveries.tsx';
import { deliverEdit } from '../deliver/delivery-list.ts';
import { KnownTargets } from '../deliver/known-targets.tsx';
import type { PlanEditorState, StepProps } from '../plan-editor.ts';
import '../deliver/deliver.css';

const words = text.planDeliver;

/** Step 6: where the package goes when the run has sealed it. */
export function DeliverStep({ editor }: StepProps): ReactNode {
  const { data, error, refetch } = useAnswer(['targets', 'list'], (core, signal) =>
    core.targets.list(undefined, { signal }),
  );
  const deliveries = editor.plan.deliver ?? [];
  const add = (target: string): void => editor.editBy((plan) => deliverEdit([...(plan.deliver ?? []), { target }]));
  return (
    <>
      <SectionHead title={words.title}>
        <span className="faint ellipsis">{deliveries.length === 0 ? '' : words.hint}</span>
      </SectionHead>
      {deliveries.length === 0 ? (
        <EmptyState title={words.none}>{words.noneHint}</EmptyState>
      ) : (
        <>
          <Deliveries editor={editor} targets={data ?? null} />
          <p className="delivery-rules second small">{words.rules}</p>
        </>
      )}
      <TargetsHead editor={editor} onSaved={add} />
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined ? null : data.length === 0 ? (
        <EmptyState title={words.noTargets}>{words.noTargetsHint}</EmptyState>
      ) : (
        <KnownTargets targets={data} onChoose={add} />
      )}
    </>
  );
}

/** The targets of this home, and the way to another one: saved here, it is delivered to. */
function TargetsHead({
  editor,
  onSaved,
}: {
  readonly editor: PlanEditorState;
  readonly onSaved: (target: string) => void;
}): ReactNode {
  const [isAdding, setAdding] = useState(false);
  const forget = useForget();
  return (
    <SectionHead
      title={words.targets}
      over
      actions={
        <>
          <Button variant="outlined" sx={{ height: 24 }} onClick={() => setAdding(true)}>
            <PlusIcon size={14} />
            {words.add}
          </Button>
          {isAdding ? (
            <AddTargetDialog
              onDone={() => setAdding(false)}
              onSaved={(target) => {
                setAdding(false);
                onSaved(target);
                // What was found of the plan's targets is of before.
                void forget(['targets']).then(() => forget(['plans', 'compile', editor.path]));
              }}
            />
          ) : null}
        </>
      }
    >
      <span className="faint ellipsis">{words.targetsHint}</span>
    </SectionHead>
  );
}
