import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import type { SecretsStatus } from '../../../src-shared/contract/secrets.ts';
import { InfoIcon } from '../../components/icons.tsx';
import { Tick } from '../../components/marks.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { fromWireError } from '../../../src-shared/errors/wire.ts';
import { ErrorState } from '../../components/states.tsx';
import { SecretPlaceForm } from '../../forms/secret-place-form.tsx';
import { submitText } from '../../forms/secrets-gate-dialog.tsx';
import { passphraseWish } from '../../forms/secret-places.ts';
import { useChoosePlace } from '../../forms/use-choose-place.ts';
import { text } from '../../text/text.ts';

const { secrets: words } = text;

/** Another place for secrets: what it means, what it needs, and whether what is stored elsewhere moves there. */
export function ChangePlace({ status }: { readonly status: SecretsStatus }): ReactNode {
  const { choice, setChoice, error, isReady, isBusy, submit } = useChoosePlace(status, 'any');
  const [move, setMove] = useState(true);
  const { place } = choice;
  const elsewhere = status.held.filter(({ backend, here }) => here && backend !== place && backend !== 'session');
  const mayMove = place !== 'session' && elsewhere.length > 0;
  const opens = place === 'passphrase' && passphraseWish(status) !== null;
  const isOther = place !== status.chosen || opens || mayMove;
  const ofPassphrase = error?.code.startsWith('VAULT/PASSPHRASE') === true;
  return (
    <form
      className="column"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isBusy) void submit({ move: mayMove && move });
      }}
    >
      <SectionHead title={words.where} />
      <SecretPlaceForm
        status={status}
        need="any"
        choice={choice}
        onChange={setChoice}
        error={ofPassphrase ? (error?.message ?? null) : null}
      />
      {error === null || ofPassphrase ? null : <ErrorState error={fromWireError(error)} />}
      {isOther ? (
        <div className="column" style={{ padding: 12, gap: 8 }}>
          {mayMove ? (
            <label className="row">
              <Tick value={move} label={words.move} onChange={setMove} />
              <span>{words.move}</span>
              <span className="push small second figures">{elsewhere.length}</span>
            </label>
          ) : null}
          <Button variant="contained" type="submit" disabled={!isReady || isBusy} sx={{ alignSelf: 'flex-start' }}>
            {submitText(status, place)}
          </Button>
        </div>
      ) : null}
      <div className="row small second" style={{ padding: 12, alignItems: 'flex-start' }}>
        <InfoIcon size={14} className="faint" />
        <span>{words.moveHint}</span>
      </div>
    </form>
  );
}
