import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { SecretsStatus } from '../../src-shared/contract/secrets.ts';
import { fromWireError } from '../../src-shared/errors/wire.ts';
import { ErrorState } from '../components/states.tsx';
import { text } from '../text/text.ts';
import { SecretPlaceForm } from './secret-place-form.tsx';
import { passphraseWish, type Place, type SecretNeed } from './secret-places.ts';
import { useChoosePlace } from './use-choose-place.ts';

interface PlaceQuestionProps {
  readonly status: SecretsStatus;
  readonly need: SecretNeed;
  /** The place that is needed; null: any. */
  readonly wanted?: Place | null;
  /** Whether what is stored elsewhere moves to the place that is chosen. */
  readonly isMoving?: (place: Place) => boolean;
  readonly className?: string;
  readonly labelledBy?: string;
  /** What stands over the places. */
  readonly head: ReactNode;
  /** What stands under them, with the button that sends the answer. */
  readonly foot: (place: Place, submit: ReactNode) => ReactNode;
  readonly onDone?: (place: Place) => void;
}

/** Asks where secrets live and does what the answer needs; what is said against a passphrase stands at its field. */
export function PlaceQuestion(props: PlaceQuestionProps): ReactNode {
  const { status, need, wanted = null, isMoving, onDone } = props;
  const { choice, setChoice, error, isReady, isBusy, submit } = useChoosePlace(status, need, wanted);
  const ofPassphrase = error?.code.startsWith('VAULT/PASSPHRASE') === true;
  const send = async (): Promise<void> => {
    const place = await submit({ move: isMoving?.(choice.place) ?? false });
    if (place !== null) onDone?.(place);
  };
  return (
    <form
      className={`column ${props.className ?? ''}`}
      aria-labelledby={props.labelledBy}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isBusy) void send();
      }}
    >
      {props.head}
      <SecretPlaceForm
        status={status}
        need={need}
        choice={choice}
        onChange={setChoice}
        error={ofPassphrase ? (error?.message ?? null) : null}
      />
      {error === null || ofPassphrase ? null : <ErrorState error={fromWireError(error)} />}
      {props.foot(
        choice.place,
        <Button variant="contained" type="submit" disabled={!isReady || isBusy} sx={{ alignSelf: 'flex-start' }}>
          {submitText(status, choice.place)}
        </Button>,
      )}
    </form>
  );
}

/** What the button does, in words. */
function submitText(status: SecretsStatus, place: Place): string {
  const wish = place === 'passphrase' ? passphraseWish(status) : null;
  return wish === 'make' ? text.secrets.make : wish === 'open' ? text.secrets.open : text.secrets.use;
}
