import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useId, useState, type ReactNode } from 'react';
import { DialogFoot } from '../../components/dialog-foot.tsx';
import { Field } from '../../components/field.tsx';
import { text } from '../../text/text.ts';

/** Asks for the name of a production connection before it is read again. */
export function ConfirmDialog({
  connection,
  onDone,
}: {
  readonly connection: string;
  /** true: the name was typed. */
  readonly onDone: (confirmed: boolean) => void;
}): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState('');
  return (
    <Dialog open onClose={() => onDone(false)} aria-labelledby={id} slotProps={{ paper: { sx: { width: 420 } } }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === connection) onDone(true);
        }}
      >
        <div className="dialog-head">
          <h2 id={id}>{text.runs.confirm.title}</h2>
        </div>
        <div className="column dialog-body">
          <span>{text.runs.confirm.what(connection)}</span>
          <Field label={text.runs.confirm.field}>
            {({ id: field }) => (
              <OutlinedInput
                autoFocus
                id={field}
                value={typed}
                inputProps={{ spellCheck: false }}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        </div>
        <DialogFoot onCancel={() => onDone(false)}>
          <Button variant="contained" type="submit" disabled={typed !== connection}>
            {text.runs.confirm.start}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
