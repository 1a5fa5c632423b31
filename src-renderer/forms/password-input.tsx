import IconButton from '@mui/material/IconButton';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState, type ReactNode } from 'react';
import { EyeIcon } from '../components/icons.tsx';
import { text } from '../text/text.ts';

/** A field for a secret: dots, unless somebody asks to see what is typed. */
export function PasswordInput({
  id,
  describedBy,
  value,
  onChange,
  placeholder,
  error = false,
  autoFocus = false,
}: {
  readonly id: string;
  readonly describedBy: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly error?: boolean;
  readonly autoFocus?: boolean;
}): ReactNode {
  const [shown, setShown] = useState(false);
  return (
    <OutlinedInput
      id={id}
      type={shown ? 'text' : 'password'}
      value={value}
      error={error}
      autoFocus={autoFocus}
      placeholder={placeholder}
      // The browser is not to keep it: the vault does.
      inputProps={{ 'aria-describedby': describedBy, autoComplete: 'new-password', spellCheck: false }}
      onChange={(event) => onChange(event.target.value)}
      endAdornment={
        <IconButton
          aria-label={shown ? text.forms.hide : text.forms.show}
          aria-pressed={shown}
          disabled={value === ''}
          sx={{ mr: '-10px' }}
          onClick={() => setShown(!shown)}
        >
          <EyeIcon size={14} />
        </IconButton>
      }
    />
  );
}
