import type { ReactNode } from 'react';
import type { TunnelFacts } from '../../../src-shared/contract/connections.ts';
import { Field } from '../../components/field.tsx';
import { PasswordInput } from '../../forms/password-input.tsx';
import { text } from '../../text/text.ts';
import { hasTunnel, secretOfLogin, type TunnelDraft } from './tunnel-draft.ts';

const { connections: words } = text;

/** The secret of the tunnel's login: a password, or the passphrase of its key. An agent needs none. */
export function TunnelSecretField({
  tunnel,
  saved,
  onChange,
  errors,
}: {
  readonly tunnel: TunnelDraft;
  readonly saved: TunnelFacts | null;
  readonly onChange: (tunnel: TunnelDraft) => void;
  readonly errors: Readonly<Record<string, string>>;
}): ReactNode {
  const secret = secretOfLogin(tunnel);
  if (secret === null || !hasTunnel(tunnel)) return null;
  const hadOne = saved !== null && saved.secrets.includes(secret);
  const value = tunnel[secret];
  return (
    <Field
      label={words.tunnelSecret[secret]}
      error={errors[secret]}
      hint={hadOne ? (value === undefined ? words.passwordKeptHint : words.passwordReplaced) : undefined}
    >
      {(ids) => (
        <PasswordInput
          {...ids}
          error={errors[secret] !== undefined}
          value={value ?? ''}
          placeholder={value === undefined ? words.passwordKept : words.passwordNone}
          onChange={(typed) => onChange({ ...tunnel, [secret]: typed === '' ? (hadOne ? undefined : null) : typed })}
        />
      )}
    </Field>
  );
}
