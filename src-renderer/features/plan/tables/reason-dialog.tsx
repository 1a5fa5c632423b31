import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState, type ReactNode } from 'react';
import { Field } from '../../../components/field.tsx';
import { text } from '../../../text/text.ts';

const words = text.plan.suspects;

/** Asks why a column that looks personal goes out as it is. */
export function ReasonDialog({
  column,
  onClose,
  onReason,
}: {
  readonly column: string;
  readonly onClose: () => void;
  readonly onReason: (reason: string) => void;
}): ReactNode {
  const [reason, setReason] = useState('');
  return (
    <Dialog open onClose={onClose} slotProps={{ paper: { 'aria-label': words.reasonTitle(column) } }}>
      <form
        className="plan-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onReason(reason.trim());
          onClose();
        }}
      >
        <h2 className="ellipsis" title={column}>
          {words.reasonTitle(column)}
        </h2>
        <Field label={words.reason} hint={words.reasonHint}>
          {({ id, describedBy }) => (
            <OutlinedInput
              id={id}
              autoFocus
              value={reason}
              onChange={({ target }) => setReason(target.value)}
              inputProps={{ 'aria-describedby': describedBy, maxLength: 300 }}
            />
          )}
        </Field>
        <div className="row dialog-actions">
          <Button variant="text" onClick={onClose}>
            {text.everywhere.cancel}
          </Button>
          <Button variant="contained" type="submit" disabled={reason.trim() === ''}>
            {words.keep}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
