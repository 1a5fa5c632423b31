import IconButton from '@mui/material/IconButton';
import type { ReactNode } from 'react';
import type { TargetFacts } from '../../../src-shared/contract/targets.ts';
import { PlusIcon } from '../../components/icons.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { addTarget, chooseTarget } from './chosen-target.ts';
import { useShownTarget, useTargets } from './use-targets.ts';

/** The saved targets. */
export function TargetsSide(): ReactNode {
  const { data, error, refetch } = useTargets();
  return (
    <>
      <div className="side-head">
        <span className="grow">{text.targets.list}</span>
        <IconButton aria-label={text.targets.add} title={text.targets.add} onClick={() => addTarget(true)}>
          <PlusIcon size={14} />
        </IconButton>
      </div>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState what={text.targets.reading} />
      ) : data.length === 0 ? (
        <EmptyState title={text.targets.listEmpty} />
      ) : (
        <TargetList targets={data} />
      )}
    </>
  );
}

function TargetList({ targets }: { readonly targets: readonly TargetFacts[] }): ReactNode {
  const chosen = useShownTarget()?.name;
  return (
    <ul className="scroll grow" aria-label={text.targets.list}>
      {targets.map(({ name, place }) => (
        <li key={name}>
          <button
            type="button"
            className="list-item"
            aria-current={name === chosen}
            onClick={() => {
              chooseTarget(name);
              useWorkbench.getState().openTab({ kind: 'targets', id: '', title: text.shell.sections.targets });
            }}
          >
            <span className="first medium">
              <MiddleEllipsis text={name} />
            </span>
            <span className="second-line">
              <span className="ellipsis" title={place}>
                {place}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
