import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState, type ReactNode } from 'react';
import { errorOnScreen } from '../../../text/error-on-screen.ts';
import { Field } from '../../../components/field.tsx';
import { useMakeKey } from '../../../forms/use-make-key.ts';
import { text } from '../../../text/text.ts';

/** Makes a key to be used by the plan at once. */
export function NewKeyDialog({
  onClose,
  onMade,
}: {
  readonly onClose: () => void;
  readonly onMade: (name: string) => void;
}): ReactNode {
  const [name, setName] = useState('');
  const { make, error, dialog } = useMakeKey();
  const wire = error === null ? null : errorOnScreen(error);
  const submit = async (): Promise<void> => {
    if (!(await make(name.trim()))) return;
    onMade(name.trim());
    onClose();
  };
  return (
    <Dialog open onClose={onClose} slotProps={{ paper: { 'aria-label': text.planKeys.newTitle } }}>
      <form
        className="plan-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void submit();
        }}
      >
        <h2>{text.planKeys.newTitle}</h2>
        <Field
          label={text.settings.key.name}
          hint={text.settings.key.addHint}
          error={wire === null ? null : `${wire.message} ${wire.remedy ?? ''}`}
        >
          {({ id, describedBy }) => (
            <OutlinedInput
              id={id}
              autoFocus
              value={name}
              error={wire !== null}
              onChange={({ target }) => setName(target.value)}
              inputProps={{ 'aria-describedby': describedBy, spellCheck: false, autoComplete: 'off' }}
            />
          )}
        </Field>
        <div className="row dialog-actions">
          <Button variant="text" onClick={onClose}>
            {text.everywhere.cancel}
          </Button>
          <Button variant="contained" type="submit" disabled={name.trim() === ''}>
            {text.planKeys.make}
          </Button>
        </div>
      </form>
      {dialog}
    </Dialog>
  );
}
