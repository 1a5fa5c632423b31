import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useId, useState, type ReactNode } from 'react';
import type { TargetFacts } from '../../../src-shared/contract/targets.ts';
import { DialogFoot } from '../../components/dialog-foot.tsx';
import { ErrorState } from '../../components/states.tsx';
import { SecretFields, type Secrets } from '../../forms/targets/secret-fields.tsx';
import { useSecretsGate } from '../../forms/use-secrets-gate.tsx';
import { useCore, useForget } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';

const words = text.targets.secret;

/** Another password or passphrase for a saved target: a changed one, or the first. */
export function TargetSecretDialog({
  target: { name },
  onDone,
  onStored,
}: {
  readonly target: TargetFacts;
  readonly onDone: () => void;
  readonly onStored: () => void;
}): ReactNode {
  const id = useId();
  const { secrets, setSecret, busy, error, store, dialog } = useSecretChange(name, onStored);
  const isGiven = secrets.password !== '' || secrets.passphrase !== '';
  return (
    <Dialog open onClose={onDone} aria-labelledby={id} slotProps={{ paper: { sx: { width: 480 } } }}>
      <form
        className="column"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isGiven && !busy) store();
        }}
      >
        <div className="dialog-head">
          <h2 id={id} className="ellipsis" title={name}>
            {words.title(name)}
          </h2>
        </div>
        <div className="column dialog-body">
          <p className="second">{words.what}</p>
          <SecretFields secrets={secrets} onChange={setSecret} autoFocus />
          {error === null ? null : <ErrorState error={error} />}
        </div>
        <DialogFoot onCancel={onDone}>
          <Button variant="contained" type="submit" disabled={!isGiven || busy}>
            {words.save}
          </Button>
        </DialogFoot>
      </form>
      {dialog}
    </Dialog>
  );
}

function useSecretChange(name: string, onStored: () => void) {
  const core = useCore();
  const forget = useForget();
  const { ensure, dialog } = useSecretsGate();
  const [secrets, setSecrets] = useState<Secrets>({ password: '', passphrase: '' });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const change = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const place = await ensure('any');
      if (place === null) return;
      const password = secrets.password === '' ? null : secrets.password;
      const passphrase = secrets.passphrase === '' ? null : secrets.passphrase;
      await core.targets.changeSecrets({ name, password, passphrase });
      await Promise.all([forget(['targets']), forget(['secrets'])]);
      onStored();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return {
    ...{ secrets, busy, error, dialog },
    setSecret: (secret: keyof Secrets, value: string) => setSecrets((now) => ({ ...now, [secret]: value })),
    store: () => void change(),
  };
}
