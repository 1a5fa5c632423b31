import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { toWireError } from '../../src-shared/errors/wire.ts';
import { text } from '../text/text.ts';
import { useSecretsGate } from './use-secrets-gate.tsx';

/** Where something failed because the vault is locked: its passphrase can be given there. Anything else: nothing. */
export function OpenVault({ error, onOpened }: { readonly error: unknown; readonly onOpened: () => void }): ReactNode {
  const { ensure, dialog } = useSecretsGate();
  if (toWireError(error).code !== 'VAULT/LOCKED') return null;
  const open = async (): Promise<void> => {
    if ((await ensure('any', 'passphrase')) !== null) onOpened();
  };
  return (
    <>
      <Button variant="outlined" sx={{ alignSelf: 'flex-start', ml: 4 }} onClick={() => void open()}>
        {text.secrets.open}
      </Button>
      {dialog}
    </>
  );
}
