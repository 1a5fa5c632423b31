import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import type { ReactNode } from 'react';
import type { SecretsStatus } from '../../src-shared/contract/secrets.ts';
import { fromWireError } from '../../src-shared/errors/wire.ts';
import { ErrorState } from '../components/states.tsx';
import { text } from '../text/text.ts';
import { SecretPlaceForm } from './secret-place-form.tsx';
import { passphraseWish, type Place, type SecretNeed } from './secret-places.ts';
import { useChoosePlace } from './use-choose-place.ts';

/** One calm question: where secrets live, and what each answer means. */
export function SecretsGateDialog({
  status,
  need,
  wanted,
  onDone,
}: {
  readonly status: SecretsStatus;
  readonly need: SecretNeed;
  /** The place that is needed; null: any. */
  readonly wanted: Place | null;
  readonly onDone: (place: Place | null) => void;
}): ReactNode {
  const { choice, setChoice, error, isReady, isBusy, submit } = useChoosePlace(status, need, wanted);
  const ofPassphrase = error?.code.startsWith('VAULT/PASSPHRASE') === true;
  const send = async (): Promise<void> => {
    const place = await submit();
    if (place !== null) onDone(place);
  };
  return (
    <Dialog
      open
      onClose={() => onDone(null)}
      aria-labelledby="secrets-gate-title"
      slotProps={{ paper: { sx: { width: 560, maxWidth: 'calc(100vw - 48px)', background: 'var(--editor)' } } }}
    >
      <form
        className="column"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !isBusy) void send();
        }}
      >
        <Question why={whyAsked(status, need, wanted)} />
        <div style={{ borderTop: '1px solid var(--line-soft)' }}>
          <SecretPlaceForm
            status={status}
            need={need}
            choice={choice}
            onChange={setChoice}
            error={ofPassphrase ? (error?.message ?? null) : null}
          />
        </div>
        {error === null || ofPassphrase ? null : <ErrorState error={fromWireError(error)} />}
        <div className="dialog-foot">
          <span className="push row">
            <Button variant="text" onClick={() => onDone(null)}>
              {text.everywhere.cancel}
            </Button>
            <Button variant="contained" type="submit" disabled={!isReady || isBusy}>
              {submitText(status, choice.place)}
            </Button>
          </span>
        </div>
      </form>
    </Dialog>
  );
}

function Question({ why }: { readonly why: string }): ReactNode {
  return (
    <>
      <div className="dialog-head">
        <h2 id="secrets-gate-title">{text.secrets.gateTitle}</h2>
      </div>
      <p className="second" style={{ padding: '12px 16px' }}>
        {why}
      </p>
    </>
  );
}

function whyAsked(status: SecretsStatus, need: SecretNeed, wanted: Place | null): string {
  const { gateWhy } = text.secrets;
  const place = wanted ?? status.chosen;
  if (place === 'passphrase') return status.passphraseVault === 'absent' ? gateWhy.make : gateWhy.locked;
  if (place === 'keychain') return gateWhy.keychain;
  return need === 'durable' ? gateWhy.durable : gateWhy.any;
}

/** What the button does, in words. */
export function submitText(status: SecretsStatus, place: Place): string {
  const wish = place === 'passphrase' ? passphraseWish(status) : null;
  return wish === 'make' ? text.secrets.make : wish === 'open' ? text.secrets.open : text.secrets.use;
}
