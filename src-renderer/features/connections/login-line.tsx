import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import type { ReactNode } from 'react';
import type { SecretsStatus } from '../../../src-shared/contract/secrets.ts';
import { formatTimeOfDay } from '../../../src-shared/util/format-moment.ts';
import { Field } from '../../components/field.tsx';
import { Status } from '../../components/marks.tsx';
import { OptionInput } from '../../forms/option-input.tsx';
import { placeTitle, whyNot, type Place } from '../../forms/secret-places.ts';
import { useAnswer } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';
import { keySecretOf } from './draft.ts';
import { SecretField } from './secret-field.tsx';
import { hasTunnel, secretOfLogin } from './tunnel-draft.ts';
import type { ConnectionForm } from './use-connection-form.ts';

/** User, password, and where the password is kept. A product that is a file has none of them. */
export function LoginLine({
  form,
  errors,
}: {
  readonly form: ConnectionForm;
  readonly errors: Readonly<Record<string, string>>;
}): ReactNode {
  const { adapter, draft, set } = form;
  const user = adapter.fields.find(({ property }) => property === 'user');
  if (adapter.traits['network'] !== true) return null;
  return (
    <div className="form-line" style={{ gridTemplateColumns: '160px 1fr 176px' }}>
      {user === undefined ? (
        <span />
      ) : (
        <OptionInput
          field={user}
          value={draft.texts['user'] ?? ''}
          onChange={(value) => set({ texts: { ...draft.texts, user: value } })}
          error={errors['user']}
        />
      )}
      <SecretField
        label={text.connections.password}
        value={draft.password}
        hadOne={form.saved !== null && form.saved.secret !== null}
        error={errors['password']}
        onChange={(password) => set({ password })}
      />
      <Store form={form} error={errors['store']} />
    </div>
  );
}

function Store({ form, error }: { readonly form: ConnectionForm; readonly error: ReactNode }): ReactNode {
  const { data } = useAnswer(['secrets', 'status'], (core, signal) => core.secrets.status(undefined, { signal }));
  const { draft, set } = form;
  const place = draft.store ?? data?.chosen ?? null;
  return (
    <Field label={text.connections.storeIn} error={error} hint={<StoreHint status={data} place={place} />}>
      {({ id, describedBy }) => (
        <Select<Place | ''>
          displayEmpty
          disabled={!holdsSecret(form)}
          value={place ?? ''}
          inputProps={{ id, 'aria-describedby': describedBy, 'aria-label': text.connections.storeIn }}
          onChange={(event) => set({ store: event.target.value === '' ? null : event.target.value })}
        >
          {place === null ? <MenuItem value="">{text.connections.storeAsk}</MenuItem> : null}
          {(data?.backends ?? []).map((each) => {
            const reason = whyNot(each, 'any');
            return (
              <MenuItem key={each.backend} value={each.backend} disabled={reason !== null} title={reason ?? ''}>
                {placeTitle(each)}
              </MenuItem>
            );
          })}
        </Select>
      )}
    </Field>
  );
}

/** Whether there is a secret, typed or stored, that has to be somewhere. */
function holdsSecret({ draft, adapter }: ConnectionForm): boolean {
  const { password, keyPassphrase, tunnel } = draft;
  const ofTunnel = hasTunnel(tunnel) ? secretOfLogin(tunnel) : null;
  const ofKey = keySecretOf(draft, adapter) !== null && keyPassphrase !== null;
  return password !== null || ofKey || (ofTunnel !== null && tunnel[ofTunnel] !== null);
}

function StoreHint({
  status,
  place,
}: {
  readonly status: SecretsStatus | undefined;
  readonly place: SecretsStatus['chosen'];
}): ReactNode {
  const { connections: words } = text;
  if (status === undefined) return words.storeTesting;
  const chosen = status.backends.find(({ backend }) => backend === place);
  if (chosen === undefined) return words.storeAsked;
  if (chosen.backend === 'session') return words.storeSession;
  if (chosen.state === 'ready') return words.storeReady;
  if (chosen.state === 'works') return <Status tone="ok">{words.storeWorks(formatTimeOfDay(chosen.testedAt))}</Status>;
  return chosen.backend === 'passphrase' ? words.storeLocked : chosen.why;
}
