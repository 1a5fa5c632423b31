import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { TargetFacts } from '../../../../src-shared/contract/targets.ts';
import { MiddleEllipsis } from '../../../components/middle-ellipsis.tsx';
import { useFacts } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';

const words = text.planDeliver;

/** Targets that this home knows, with what each server is known by. */
export function KnownTargets({
  targets,
  onChoose,
}: {
  readonly targets: readonly TargetFacts[];
  readonly onChoose: (target: string) => void;
}): ReactNode {
  const facts = useFacts();
  const titleOf = (type: string): string => facts.targets.find(({ id }) => id === type)?.title ?? type;
  return (
    <ul aria-label={words.targets}>
      {targets.map(({ name, type, place, hostKey }) => (
        <li key={name} className="known-target">
          <div className="grow">
            <p className="row">
              <span className="medium ellipsis" title={name}>
                <MiddleEllipsis text={name} />
              </span>
              <span className="second no-wrap">{titleOf(type)}</span>
            </p>
            <p className="data second">{place}</p>
            {hostKey === null ? null : (
              <p className="small second">
                {words.hostKey} <span className="data">{hostKey}</span>
              </p>
            )}
          </div>
          <Button variant="outlined" aria-label={words.chooseThis(name)} onClick={() => onChoose(name)}>
            {words.choose}
          </Button>
        </li>
      ))}
    </ul>
  );
}
