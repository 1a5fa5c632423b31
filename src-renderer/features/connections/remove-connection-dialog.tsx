import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useState, type ReactNode } from 'react';
import type { ConnectionFacts } from '../../../src-shared/contract/connections.ts';
import { DialogFoot } from '../../components/dialog-foot.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useAnswer, useCore, useForget } from '../../rpc/core-context.tsx';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';

const { connections: words } = text;

/** Asks before a connection is removed, and says what becomes of its password. */
export function RemoveConnectionDialog({ name }: { readonly name: string }): ReactNode {
  const core = useCore();
  const forget = useForget();
  const { openDialog, connection, chooseConnection } = useWorkbench();
  const { data } = useAnswer(['connections', 'list'], (asked, signal) => asked.connections.list(undefined, { signal }));
  const saved = data?.find((one) => one.name === name);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const close = (): void => openDialog(null);
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      await core.connections.remove({ name });
      if (connection === name) chooseConnection(null);
      await forget(['connections']);
      close();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={close}
      aria-labelledby="remove-connection-title"
      slotProps={{ paper: { sx: { width: 480, background: 'var(--editor)' } } }}
    >
      <div className="dialog-head">
        <h2 id="remove-connection-title" className="ellipsis" title={name}>
          {words.removeTitle(name)}
        </h2>
      </div>
      <div className="column" style={{ padding: '12px 16px', gap: 8 }}>
        {saved === undefined ? null : <p>{fateOf(saved)}</p>}
        <p className="second">{words.removeWhat}</p>
      </div>
      {error === null ? null : <ErrorState error={error} />}
      <DialogFoot onCancel={close} isCancelFirst>
        <Button variant="outlined" color="error" disabled={isBusy || saved === undefined} onClick={() => void remove()}>
          {words.removeButton}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function fateOf({ secret }: ConnectionFacts): string {
  if (secret === null) return words.removeSecret.none;
  return words.removeSecret[secret](text.secrets.brief[secret].toLowerCase());
}
