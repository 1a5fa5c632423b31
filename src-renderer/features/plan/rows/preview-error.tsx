import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { errorOnScreen } from '../../../text/error-on-screen.ts';
import { BadIcon } from '../../../components/icons.tsx';
import { useSecretsGate } from '../../../forms/use-secrets-gate.tsx';
import { text } from '../../../text/text.ts';

/** Why the rows below are not those of now: fact, remedy, code; and where secrets are closed, the way to open them. */
export function PreviewError({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }): ReactNode {
  const { ensure, dialog } = useSecretsGate();
  const { code, message, remedy } = errorOnScreen(error);
  const isClosed = code === 'VAULT/LOCKED' || code === 'VAULT/UNAVAILABLE';
  return (
    <div className="note bad" role="alert">
      <BadIcon size={14} className="tone-bad" />
      <span className="grow">
        <span className="medium">{message}</span> {remedy} <span className="data faint">{code}</span>
      </span>
      {isClosed ? (
        <Button
          variant="outlined"
          sx={{ height: 24, flex: 'none' }}
          onClick={() => void ensure('durable').then((place) => (place === null ? undefined : onRetry()))}
        >
          {text.planKeys.openPlace}
        </Button>
      ) : null}
      {dialog}
    </div>
  );
}
