import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import MenuItem from '@mui/material/MenuItem';
import OutlinedInput from '@mui/material/OutlinedInput';
import Select from '@mui/material/Select';
import { useId, useState, type ReactNode } from 'react';
import type { TargetFacts } from '../../src-shared/contract/runs.ts';
import { DialogFoot } from '../components/dialog-foot.tsx';
import { Field } from '../components/field.tsx';
import { Tick } from '../components/marks.tsx';
import { ErrorState } from '../components/states.tsx';
import { useAnswer, useCore, useForget } from '../rpc/core-context.tsx';
import { text } from '../text/text.ts';

const words = text.targets.deliver;

/** Asks where a package shall go, and begins to send it there. */
export function DeliverDialog({
  folder,
  onDone,
}: {
  /** The package. */
  readonly folder: string;
  readonly onDone: () => void;
}): ReactNode {
  const id = useId();
  return (
    <Dialog open onClose={onDone} aria-labelledby={id} slotProps={{ paper: { sx: { width: 480 } } }}>
      <div className="dialog-head">
        <h2 id={id}>{words.title}</h2>
      </div>
      <DeliverForm folder={folder} onDone={onDone} />
    </Dialog>
  );
}

interface Wish {
  readonly target: string;
  readonly path: string;
  readonly incomplete: boolean;
}

function DeliverForm({ folder, onDone }: { readonly folder: string; readonly onDone: () => void }): ReactNode {
  const core = useCore();
  const forget = useForget();
  const { data: targets = NONE } = useAnswer(['targets', 'list'], (asked, signal) =>
    asked.targets.list(undefined, { signal }),
  );
  const [typed, setTyped] = useState<Wish>({ target: '', path: '', incomplete: false });
  const [error, setError] = useState<unknown>(null);
  const wish = { ...typed, target: typed.target === '' ? (targets[0]?.name ?? '') : typed.target };
  const lacksTables = folder.endsWith('.incomplete');
  const ready = wish.target !== '' && (!lacksTables || wish.incomplete);
  const send = async (): Promise<void> => {
    try {
      await core.deliveries.send({ package: folder, ...wish });
      await forget(['deliveries']);
      onDone();
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send();
      }}
    >
      <div className="column dialog-body">
        <span className="data second" style={{ overflowWrap: 'anywhere' }}>
          {folder}
        </span>
        <WishFields wish={wish} targets={targets} lacksTables={lacksTables} onChange={setTyped} />
        {error === null ? null : <ErrorState error={error} />}
      </div>
      <DialogFoot onCancel={onDone}>
        <Button variant="contained" type="submit" disabled={!ready}>
          {words.start}
        </Button>
      </DialogFoot>
    </form>
  );
}

const NONE: readonly TargetFacts[] = [];

function WishFields({
  wish,
  targets,
  lacksTables,
  onChange,
}: {
  readonly wish: Wish;
  readonly targets: readonly TargetFacts[];
  readonly lacksTables: boolean;
  readonly onChange: (wish: Wish) => void;
}): ReactNode {
  return (
    <>
      <TargetChoice value={wish.target} targets={targets} onChange={(target) => onChange({ ...wish, target })} />
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
}: {
  readonly value: string;
  readonly targets: readonly TargetFacts[];
  readonly onChange: (target: string) => void;
}): ReactNode {
  return (
    <Field label={words.target} error={targets.length === 0 ? words.noTargets : undefined}>
      {({ id }) => (
        <Select
          value={value}
          inputProps={{ id, 'aria-label': words.target }}
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
      )}
    </Field>
  );
}
