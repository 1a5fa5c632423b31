import { useState, type ReactNode } from 'react';
import { DownIcon, RightIcon } from '../../components/icons.tsx';
import { OptionForm } from '../../forms/option-form.tsx';
import { text } from '../../text/text.ts';
import { keySecretOf } from './draft.ts';
import { OPTION_PLACES, PATHS } from './option-places.ts';
import { SecretField } from './secret-field.tsx';
import { hasTunnel } from './tunnel-draft.ts';
import { verification } from './verification.ts';
import type { ConnectionForm } from './use-connection-form.ts';

/** How the connection is encrypted, and what of the peer will be verified. */
export function TlsSection({
  form: { adapter, draft, set, saved },
  errors,
}: {
  readonly form: ConnectionForm;
  readonly errors: Readonly<Record<string, string>>;
}): ReactNode {
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const fields = adapter.fields.filter(({ property }) => OPTION_PLACES[property] === 'tls');
  if (fields.length === 0) return null;
  const { words, isWeak } = verification(draft.texts, hasTunnel(draft.tunnel));
  // What somebody has set is seen; the usual is a line.
  const isSet = fields.some(({ property }) => (draft.texts[property] ?? '') !== '');
  const isShown =
    (isOpen ?? isSet) ||
    [...fields.map(({ property }) => property), 'keyPassphrase'].some((name) => errors[name] !== undefined);
  const secret = keySecretOf(draft, adapter);
  return (
    <div className="connection-section">
      <button type="button" className="section-fold" aria-expanded={isShown} onClick={() => setOpen(!isShown)}>
        {isShown ? <DownIcon size={14} /> : <RightIcon size={14} />}
        <span className="strong">{text.connections.tls}</span>
        <span className={isWeak ? 'ellipsis tone-warn' : 'ellipsis second'} title={words}>
          {words}
        </span>
      </button>
      {isShown ? (
        <OptionForm
          fields={fields}
          texts={draft.texts}
          onChange={(property, value) => set({ texts: { ...draft.texts, [property]: value } })}
          errors={errors}
          lines={[
            { tls: '200px', ca: '1fr' },
            { cert: '1fr', key: '1fr' },
          ]}
          paths={PATHS}
        />
      ) : null}
      {isShown && secret !== null ? (
        <SecretField
          label={secret}
          value={draft.keyPassphrase}
          hadOne={saved !== null && saved.keySecret !== null}
          error={errors['keyPassphrase']}
          onChange={(keyPassphrase) => set({ keyPassphrase })}
        />
      ) : null}
    </div>
  );
}
