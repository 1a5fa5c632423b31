import IconButton from '@mui/material/IconButton';
import { useState, type ReactNode } from 'react';
import type { TargetFacts } from '../../../../src-shared/contract/targets.ts';
import { CloseIcon, UpIcon } from '../../../components/icons.tsx';
import { Status } from '../../../components/marks.tsx';
import { MiddleEllipsis } from '../../../components/middle-ellipsis.tsx';
import { text } from '../../../text/text.ts';
import { CommitField } from '../commit-field.tsx';
import type { PlanEditorState } from '../plan-editor.ts';
import { changed, deliverEdit, earlier, isDeliveryPath, withPath, type Delivery } from './delivery-list.ts';

const words = text.planDeliver;

/** The deliveries of the plan, in their order; each row is an entry of its `deliver` block. */
export function Deliveries({
  editor,
  targets,
}: {
  readonly editor: PlanEditorState;
  /** null: not known yet. */
  readonly targets: readonly TargetFacts[] | null;
}): ReactNode {
  const deliveries = editor.plan.deliver ?? [];
  // On the list as it is when the edit's turn comes: a path that was typed a moment before is not on screen yet.
  const change = (next: (now: readonly Delivery[]) => readonly Delivery[]): void =>
    editor.editBy((plan) => deliverEdit(next(plan.deliver ?? [])));
  return (
    <table className="plain deliveries" aria-label={words.list}>
      <thead>
        <tr>
          <th scope="col" style={{ width: '26%' }}>
            {words.target}
          </th>
          <th scope="col">{words.place}</th>
          <th scope="col" style={{ width: '34%' }}>
            {words.path}
          </th>
          <th scope="col" style={{ width: 72 }}>
            <span className="visually-hidden">{words.order}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery, index) => (
          <DeliveryRow
            key={`${index} ${delivery.target}`}
            delivery={delivery}
            known={targets === null ? undefined : (targets.find(({ name }) => name === delivery.target) ?? null)}
            onPath={(path) => change((now) => changed(now, { index, delivery }, withPath(delivery, path)))}
            onEarlier={index === 0 ? null : () => change((now) => earlier(now, index))}
            onRemove={() => change((now) => changed(now, { index, delivery }, null))}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly delivery: Delivery;
  /** null: this home has none of this name; undefined: not known yet. */
  readonly known: TargetFacts | null | undefined;
  readonly onPath: (path: string) => void;
  readonly onEarlier: (() => void) | null;
  readonly onRemove: () => void;
}

function DeliveryRow({ delivery, known, onPath, onEarlier, onRemove }: RowProps): ReactNode {
  const { target } = delivery;
  return (
    <tr>
      <td className="medium" title={target}>
        <MiddleEllipsis text={target} />
      </td>
      <td>
        {known === null ? (
          <Status tone="bad">{words.unknown}</Status>
        ) : (
          <span className="data second" title={known?.place}>
            {known?.place}
          </span>
        )}
      </td>
      <td>
        <PathCell delivery={delivery} onPath={onPath} />
      </td>
      <td>
        <span className="row" style={{ gap: 0, justifyContent: 'flex-end' }}>
          {onEarlier === null ? null : (
            <IconButton aria-label={words.up(target)} title={words.up(target)} onClick={onEarlier}>
              <UpIcon size={14} />
            </IconButton>
          )}
          <IconButton aria-label={words.remove(target)} title={words.remove(target)} onClick={onRemove}>
            <CloseIcon size={14} />
          </IconButton>
        </span>
      </td>
    </tr>
  );
}

/** What the core would refuse is said here and not saved. */
function PathCell({ delivery, onPath }: Pick<RowProps, 'delivery' | 'onPath'>): ReactNode {
  const [refused, setRefused] = useState<string | null>(null);
  return (
    <>
      <CommitField
        value={delivery.path ?? ''}
        fullWidth
        className="data-input"
        placeholder={words.pathEmpty}
        error={refused !== null}
        onCommit={(typed) => {
          const isGood = isDeliveryPath(typed);
          setRefused(isGood ? null : typed);
          if (isGood) onPath(typed);
        }}
        inputProps={{ 'aria-label': words.pathOf(delivery.target), spellCheck: false, maxLength: 1024 }}
      />
      {refused === null ? null : (
        <p className="small tone-bad path-bad" role="alert">
          {words.pathBad(refused)}
        </p>
      )}
    </>
  );
}
