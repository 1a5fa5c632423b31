import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState, type ReactNode } from 'react';
import { DialogFoot } from '../../components/dialog-foot.tsx';
import { Field } from '../../components/field.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useSecretsGate } from '../../forms/use-secrets-gate.tsx';
import { useCore, useForget } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';

const words = text.settings.key;

/** Destroying a key cannot be undone: its name has to be typed. */
export function DestroyKeyDialog({ name, onDone }: { readonly name: string; readonly onDone: () => void }): ReactNode {
  const [confirm, setConfirm] = useState('');
  const { destroy, error, dialog } = useDestroy(name, onDone);
  return (
    <Dialog
      open
      onClose={onDone}
      aria-labelledby="destroy-key-title"
      slotProps={{ paper: { sx: { width: 480, background: 'var(--editor)' } } }}
    >
      <form
        className="column"
        onSubmit={(event) => {
          event.preventDefault();
          if (confirm === name) void destroy(confirm);
        }}
      >
        <div className="dialog-head">
          <h2 id="destroy-key-title" className="ellipsis" title={name}>
            {words.destroyTitle(name)}
          </h2>
        </div>
        <div className="column" style={{ padding: '12px 16px', gap: 12 }}>
          <p>{words.destroyWhat}</p>
          <Field label={words.typeName(name)}>
            {({ id }) => (
              <OutlinedInput
                id={id}
                autoFocus
                value={confirm}
                inputProps={{ spellCheck: false, autoComplete: 'off' }}
                onChange={(event) => setConfirm(event.target.value)}
              />
            )}
          </Field>
        </div>
        {error === null ? null : <ErrorState error={error} />}
        <DialogFoot onCancel={onDone}>
          <Button variant="outlined" color="error" type="submit" disabled={confirm !== name}>
            {words.destroyButton}
          </Button>
        </DialogFoot>
      </form>
      {dialog}
    </Dialog>
  );
}

function useDestroy(name: string, onDone: () => void) {
  const core = useCore();
  const forget = useForget();
  const { ensure, dialog } = useSecretsGate();
  const [error, setError] = useState<unknown>(null);
  const destroy = async (confirm: string): Promise<void> => {
    try {
      if ((await ensure('durable')) === null) return;
      await core.keys.destroy({ name, confirm });
      await Promise.all([forget(['keys']), forget(['secrets'])]);
      onDone();
    } catch (failure) {
      setError(failure);
    }
  };
  return { destroy, error, dialog };
}
