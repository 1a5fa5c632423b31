import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { SecretsStatus } from '../../src-shared/contract/secrets.ts';
import { PlaceQuestion } from '../forms/place-question.tsx';
import { text } from '../text/text.ts';

/** The question in the place of the editor: what each answer means, and that it may wait. */
export function FirstSecretsPanel({
  status,
  done,
}: {
  readonly status: SecretsStatus;
  readonly done: () => void;
}): ReactNode {
  return (
    <PlaceQuestion
      status={status}
      need="any"
      className="first-secrets"
      labelledBy="first-secrets-title"
      head={
        <>
          <h1 id="first-secrets-title">{text.secrets.gateTitle}</h1>
          <p className="second">{text.secrets.gateWhy.first}</p>
        </>
      }
      foot={(_place, submit) => (
        <span className="row">
          {submit}
          <Button variant="text" onClick={done}>
            {text.secrets.later}
          </Button>
        </span>
      )}
      onDone={done}
    />
  );
}
