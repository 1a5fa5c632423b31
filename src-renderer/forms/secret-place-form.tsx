import Radio from '@mui/material/Radio';
import type { ReactNode } from 'react';
import type { SecretsStatus, VaultState } from '../../src-shared/contract/secrets.ts';
import { Field } from '../components/field.tsx';
import { Status } from '../components/marks.tsx';
import { text } from '../text/text.ts';
import { PasswordInput } from './password-input.tsx';
import {
  passphraseFault,
  passphraseWish,
  placeTitle,
  whyNot,
  type Passphrase,
  type Place,
  type SecretNeed,
} from './secret-places.ts';
import './secret-places.css';

export interface PlaceChoice {
  readonly place: Place;
  readonly typed: Passphrase;
}

/** The places for secrets, each with what it means; the passphrase where the chosen one needs it. */
export function SecretPlaceForm({
  status,
  need,
  choice,
  onChange,
  error = null,
}: {
  readonly status: SecretsStatus;
  readonly need: SecretNeed;
  readonly choice: PlaceChoice;
  readonly onChange: (choice: PlaceChoice) => void;
  /** What the core said of the passphrase. */
  readonly error?: string | null;
}): ReactNode {
  return (
    <div role="radiogroup" aria-label={text.secrets.where}>
      {status.backends.map((place) => (
        <PlaceOption
          key={place.backend}
          place={place}
          reason={whyNot(place, need)}
          inUse={place.backend === status.chosen}
          checked={place.backend === choice.place}
          onChoose={() => onChange({ ...choice, place: place.backend })}
        >
          {place.backend === 'passphrase' && choice.place === 'passphrase' ? (
            <PassphraseFields
              wish={passphraseWish(status)}
              typed={choice.typed}
              error={error}
              onChange={(typed) => onChange({ ...choice, typed })}
            />
          ) : null}
        </PlaceOption>
      ))}
    </div>
  );
}

function PlaceOption({
  place,
  reason,
  inUse,
  checked,
  onChoose,
  children,
}: {
  readonly place: VaultState;
  readonly reason: string | null;
  readonly inUse: boolean;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const title = placeTitle(place);
  return (
    <div className={checked ? 'secret-place checked' : 'secret-place'}>
      <label className="row" style={{ alignItems: 'flex-start' }}>
        <Radio
          name="secret-place"
          checked={checked}
          disabled={reason !== null}
          onChange={onChoose}
          slotProps={{ input: { 'aria-label': title } }}
        />
        <span className="grow">
          <span className="row">
            <span className={reason === null ? 'medium' : 'medium faint'}>{title}</span>
            {inUse ? <span className="push small second">{text.secrets.inUse}</span> : null}
          </span>
          <span className="meaning small second">{reason ?? meaningOf(place)}</span>
        </span>
      </label>
      {children}
    </div>
  );
}

function meaningOf({ backend, protection }: VaultState): string {
  return backend === 'keychain' ? protection : text.secrets.place[backend].text;
}

function PassphraseFields({
  wish,
  typed,
  error,
  onChange,
}: {
  readonly wish: 'make' | 'open' | null;
  readonly typed: Passphrase;
  readonly error: string | null;
  readonly onChange: (typed: Passphrase) => void;
}): ReactNode {
  if (wish === null) return null;
  const fault = passphraseFault(wish, typed);
  if (wish === 'open') {
    return (
      <div className="secret-place-fields">
        <NameForKeepers />
        <Field label={text.secrets.passphrase} error={error}>
          {(ids) => (
            <PasswordInput {...ids} autoFocus value={typed.first} onChange={(first) => onChange({ ...typed, first })} />
          )}
        </Field>
      </div>
    );
  }
  return (
    <div className="secret-place-fields">
      <NameForKeepers />
      <Field label={text.secrets.newPassphrase} error={error} hint={fault ?? text.secrets.forgotten}>
        {(ids) => (
          <PasswordInput {...ids} autoFocus value={typed.first} onChange={(first) => onChange({ ...typed, first })} />
        )}
      </Field>
      <Field label={text.secrets.again}>
        {(ids) => <PasswordInput {...ids} value={typed.again} onChange={(again) => onChange({ ...typed, again })} />}
      </Field>
    </div>
  );
}

/** Keepers of passwords look for a name beside the secret; this one is Waybill's. */
function NameForKeepers(): ReactNode {
  return <input type="text" autoComplete="username" value={text.shell.title} readOnly hidden />;
}

/** A place's state in a word, with when that was seen. */
export function PlaceState({ place, testedAt }: { readonly place: VaultState; readonly testedAt: string }): ReactNode {
  const tone = place.state === 'works' || place.state === 'ready' ? 'ok' : place.state === 'failed' ? 'bad' : 'warn';
  return (
    <Status tone={tone}>
      {text.secrets.state[place.state]}, {text.secrets.testedAt(testedAt)}
    </Status>
  );
}
