import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import OutlinedInput from '@mui/material/OutlinedInput';
import Select from '@mui/material/Select';
import type { ReactNode } from 'react';
import type { TargetFacts } from '../../src-shared/contract/targets.ts';
import { Field } from '../components/field.tsx';
import { PlusIcon } from '../components/icons.tsx';
import { Tick } from '../components/marks.tsx';
import { text } from '../text/text.ts';

const words = text.targets.deliver;

export interface DeliverWish {
  readonly target: string;
  readonly path: string;
  readonly incomplete: boolean;
}

/** Where a package shall go, and whether it goes though it lacks tables. */
export function DeliverFields({
  wish,
  targets,
  lacksTables,
  onChange,
  onAdd,
}: {
  readonly wish: DeliverWish;
  readonly targets: readonly TargetFacts[];
  readonly lacksTables: boolean;
  readonly onChange: (wish: DeliverWish) => void;
  /** A new target is wanted. */
  readonly onAdd: () => void;
}): ReactNode {
  return (
    <>
      <TargetChoice
        value={wish.target}
        targets={targets}
        onChange={(target) => onChange({ ...wish, target })}
        onAdd={onAdd}
      />
      <Field label={words.path} hint={words.pathHint}>
        {({ id, describedBy }) => (
          <OutlinedInput
            id={id}
            className="data-input"
            value={wish.path}
            inputProps={{ 'aria-describedby': describedBy, spellCheck: false }}
            onChange={(event) => onChange({ ...wish, path: event.target.value })}
          />
        )}
      </Field>
      {lacksTables ? (
        <label className="row">
          <Tick
            value={wish.incomplete}
            label={words.incomplete}
            onChange={(incomplete) => onChange({ ...wish, incomplete })}
          />
          {words.incomplete}
        </label>
      ) : null}
    </>
  );
}

function TargetChoice({
  value,
  targets,
  onChange,
  onAdd,
}: {
  readonly value: string;
  readonly targets: readonly TargetFacts[];
  readonly onChange: (target: string) => void;
  readonly onAdd: () => void;
}): ReactNode {
  return (
    <Field label={words.target} hint={targets.length === 0 ? words.noTargets : undefined}>
      {({ id, describedBy }) => (
        <span className="row">
          <Select
            className="grow"
            value={value}
            disabled={targets.length === 0}
            inputProps={{ id, 'aria-label': words.target, 'aria-describedby': describedBy }}
            onChange={(event) => onChange(event.target.value)}
          >
            {targets.map(({ name, place }) => (
              <MenuItem key={name} value={name}>
                <span className="row">
                  {name}
                  <span className="data faint ellipsis">{place}</span>
                </span>
              </MenuItem>
            ))}
          </Select>
          <Button variant="outlined" autoFocus={targets.length === 0} onClick={onAdd}>
            <PlusIcon size={14} />
            {words.add}
          </Button>
        </span>
      )}
    </Field>
  );
}
