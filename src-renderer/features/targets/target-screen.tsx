import Button from '@mui/material/Button';
import { useMemo, type ReactNode } from 'react';
import { PlusIcon } from '../../components/icons.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { DeliveryJobLines, useDeliveries } from '../../forms/delivery-jobs.tsx';
import { useOffer } from '../../state/commands.ts';
import { text } from '../../text/text.ts';
import { AddTargetDialog } from '../../forms/targets/add-target-dialog.tsx';
import { addTarget, chooseTarget, useChosenTarget } from './chosen-target.ts';
import { TargetDetail } from './target-detail.tsx';
import { useShownTarget, useTargets } from './use-targets.ts';
import './targets.css';

/** A target with what can be done with it, and the deliveries under way. */
export function TargetScreen(): ReactNode {
  const adding = useChosenTarget((state) => state.adding);
  const { data } = useTargets();
  const target = useShownTarget();
  useOffer(useMemo(() => [{ id: 'target-add', title: text.targets.add, run: () => addTarget(true) }], []));
  return (
    <>
      {data === undefined ? null : target === undefined ? (
        <NoTarget />
      ) : (
        <TargetDetail key={target.name} target={target} />
      )}
      <SectionHead over title={text.targets.deliveries}>
        <span className="second ellipsis">{text.targets.deliveriesHint}</span>
      </SectionHead>
      <Deliveries />
      {adding ? <AddTargetDialog onDone={() => addTarget(false)} onSaved={showSaved} /> : null}
    </>
  );
}

function NoTarget(): ReactNode {
  return (
    <div className="state-panel">
      <span className="strong">{text.targets.none}</span>
      <span className="second">{text.targets.noneHint}</span>
      <Button variant="contained" onClick={() => addTarget(true)}>
        <PlusIcon size={14} />
        {text.targets.add}
      </Button>
    </div>
  );
}

function Deliveries(): ReactNode {
  const jobs = useDeliveries();
  return (
    <div className="scroll grow" tabIndex={0} role="region" aria-label={text.targets.deliveries}>
      {jobs.length === 0 ? <p className="second no-deliveries">{text.targets.noDeliveries}</p> : null}
      <DeliveryJobLines jobs={jobs} />
    </div>
  );
}

function showSaved(name: string): void {
  addTarget(false);
  chooseTarget(name);
}
