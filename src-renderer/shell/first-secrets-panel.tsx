import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { SecretsStatus } from '../../src-shared/contract/secrets.ts';
import { fromWireError } from '../../src-shared/errors/wire.ts';
import { ErrorState } from '../components/states.tsx';
import { SecretPlaceForm } from '../forms/secret-place-form.tsx';
import { submitText } from '../forms/secrets-gate-dialog.tsx';
import { useChoosePlace } from '../forms/use-choose-place.ts';
import { text } from '../text/text.ts';

/** The question in the place of the editor: what each answer means, and that it may wait. */
export function FirstSecretsPanel({
  status,
  done,
}: {
  readonly status: SecretsStatus;
  readonly done: () => void;
}): ReactNode {
  const { choice, setChoice, error, isReady, isBusy, submit } = useChoosePlace(status, 'any');
  const ofPassphrase = error?.code.startsWith('VAULT/PASSPHRASE') === true;
  const send = async (): Promise<void> => {
    if ((await submit()) !== null) done();
  };
  return (
    <form
      className="column first-secrets"
      aria-labelledby="first-secrets-title"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isBusy) void send();
      }}
    >
      <h1 id="first-secrets-title">{text.secrets.gateTitle}</h1>
      <p className="second">{text.secrets.gateWhy.first}</p>
      <SecretPlaceForm
        status={status}
        need="any"
        choice={choice}
        onChange={setChoice}
        error={ofPassphrase ? (error?.message ?? null) : null}
      />
      {error === null || ofPassphrase ? null : <ErrorState error={fromWireError(error)} />}
      <span className="row">
        <Button variant="contained" type="submit" disabled={!isReady || isBusy}>
          {submitText(status, choice.place)}
        </Button>
        <Button variant="text" onClick={done}>
          {text.secrets.later}
        </Button>
      </span>
    </form>
  );
}
