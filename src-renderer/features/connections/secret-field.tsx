import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { Field } from '../../components/field.tsx';
import { PasswordInput } from '../../forms/password-input.tsx';
import { text } from '../../text/text.ts';

interface SecretFieldProps {
  readonly label: string;
  /** undefined: what is stored stays; null: none. */
  readonly value: string | null | undefined;
  /** One is stored with the connection that is edited. */
  readonly hadOne: boolean;
  readonly error: ReactNode;
  readonly onChange: (value: string | null | undefined) => void;
}

/** A secret of a connection: it can be replaced or removed, and is never shown. */
export function SecretField({ label, value, hadOne, error, onChange }: SecretFieldProps): ReactNode {
  const isKept = value === undefined;
  return (
    <Field label={label} error={error} hint={hadOne ? <Hint value={value} onChange={onChange} /> : null}>
      {(ids) => (
        <PasswordInput
          {...ids}
          error={error !== undefined}
          value={value ?? ''}
          placeholder={isKept ? text.connections.passwordKept : text.connections.passwordNone}
          onChange={(typed) => onChange(typed === '' ? (hadOne ? undefined : null) : typed)}
        />
      )}
    </Field>
  );
}

function Hint({ value, onChange }: Pick<SecretFieldProps, 'value' | 'onChange'>): ReactNode {
  const { connections: words } = text;
  if (typeof value === 'string') return words.passwordReplaced;
  const isKept = value === undefined;
  return (
    <span className="row" style={{ gap: 4, flexWrap: 'wrap' }}>
      {isKept ? words.passwordKeptHint : words.passwordDropped}
      <Button
        variant="text"
        sx={{ height: 16, px: 0.5, fontSize: 12 }}
        onClick={() => onChange(isKept ? null : undefined)}
      >
        {isKept ? words.removePassword : words.keepPassword}
      </Button>
    </span>
  );
}
