import type { ReactNode } from 'react';
import { Field } from '../../components/field.tsx';
import { PasswordInput } from '../password-input.tsx';
import { text } from '../../text/text.ts';
import './target-dialog.css';

/** As they were typed; empty: not given. */
export type Secrets = Readonly<Record<'password' | 'passphrase', string>>;

/** Secrets of a target on their way to the vault. */
export function SecretFields({
  secrets,
  onChange,
  autoFocus = false,
}: {
  readonly secrets: Secrets;
  readonly onChange: (secret: keyof Secrets, value: string) => void;
  readonly autoFocus?: boolean;
}): ReactNode {
  return (
    <div className="target-fields">
      {(['password', 'passphrase'] as const).map((secret) => (
        <Field
          key={secret}
          label={`${text.targets[secret]} (${text.targets.optional})`}
          hint={secret === 'password' ? text.targets.secretHint : undefined}
        >
          {(ids) => (
            <PasswordInput
              {...ids}
              autoFocus={autoFocus && secret === 'password'}
              value={secrets[secret]}
              onChange={(value) => onChange(secret, value)}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
