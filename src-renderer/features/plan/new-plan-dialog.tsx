import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import MenuItem from '@mui/material/MenuItem';
import OutlinedInput from '@mui/material/OutlinedInput';
import Select from '@mui/material/Select';
import { useState, type ReactNode } from 'react';
import { errorOnScreen } from '../../text/error-on-screen.ts';
import { Field } from '../../components/field.tsx';
import { useAnswer, useCore } from '../../rpc/core-context.tsx';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { showPlan } from './show-plan.ts';

const NAME = /^[\p{L}\p{N}_-](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_-])?$/u;

/** Asks for a name and a connection, and makes an empty plan. */
export function NewPlanDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const core = useCore();
  const words = text.plan.create;
  const { data: connections = [] } = useAnswer(['connections', 'list'], (asked, signal) =>
    asked.connections.list(undefined, { signal }),
  );
  const shown = useWorkbench((state) => state.connection);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const connection = chosen ?? shown ?? connections[0]?.name ?? '';
  const isBad = name !== '' && !NAME.test(name);
  const wire = error === null ? null : errorOnScreen(error);
  const make = async (): Promise<void> => {
    try {
      showPlan(await core.plans.create({ connection, name, tables: [] }));
      onClose();
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <Dialog open onClose={onClose} slotProps={{ paper: { 'aria-label': words.title } }}>
      <form
        className="plan-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <h2>{words.title}</h2>
        <NameField
          value={name}
          isBad={isBad}
          failure={wire === null ? null : `${wire.message} ${wire.remedy ?? ''}`}
          onChange={setName}
        />
        <Field label={words.connection}>
          {({ id }) => (
            <Select value={connection} inputProps={{ id }} onChange={({ target }) => setChosen(target.value)}>
              {connections.map((one) => (
                <MenuItem key={one.name} value={one.name}>
                  {one.name}
                </MenuItem>
              ))}
            </Select>
          )}
        </Field>
        <div className="row dialog-actions">
          <Button variant="text" onClick={onClose}>
            {text.everywhere.cancel}
          </Button>
          <Button variant="contained" type="submit" disabled={name === '' || isBad || connection === ''}>
            {words.make}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface NameFieldProps {
  readonly value: string;
  readonly isBad: boolean;
  readonly failure: string | null;
  readonly onChange: (name: string) => void;
}

function NameField({ value, isBad, failure, onChange }: NameFieldProps): ReactNode {
  const words = text.plan.create;
  return (
    <Field label={words.name} hint={words.nameHint} error={isBad ? words.nameBad : failure}>
      {({ id, describedBy }) => (
        <OutlinedInput
          id={id}
          autoFocus
          value={value}
          error={isBad}
          onChange={({ target }) => onChange(target.value)}
          inputProps={{ 'aria-describedby': describedBy, maxLength: 100 }}
        />
      )}
    </Field>
  );
}
