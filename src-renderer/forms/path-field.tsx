import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { ReactNode } from 'react';
import { Field } from '../components/field.tsx';
import { text } from '../text/text.ts';
import type { PathRequest } from './path-request.ts';
import { usePathChooser } from './use-path-chooser.tsx';

/** A path as a field: typed, or chosen. Empty: none. */
export function PathField({
  label,
  value,
  onChange,
  request,
  hint,
  error,
  placeholder,
  readOnly = false,
  disabled = false,
  autoFocus = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  /** What the button asks for; it begins at the path that is in the field. */
  readonly request: Omit<PathRequest, 'start'> & { readonly start?: string | null };
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  readonly placeholder?: string | undefined;
  readonly readOnly?: boolean;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
}): ReactNode {
  const { choose, dialog } = usePathChooser();
  const ask = async (): Promise<void> => {
    const path = await choose({ ...request, start: value === '' ? (request.start ?? null) : value });
    if (path !== null) onChange(path);
  };
  return (
    <Field label={label} hint={hint} error={error}>
      {({ id, describedBy }) => (
        <>
          <OutlinedInput
            id={id}
            className="data-input"
            value={value}
            title={value}
            placeholder={placeholder}
            readOnly={readOnly}
            disabled={disabled}
            autoFocus={autoFocus}
            onChange={(event) => onChange(event.target.value)}
            inputProps={{ 'aria-describedby': describedBy, spellCheck: false }}
            endAdornment={
              readOnly || disabled ? null : (
                <Button variant="text" className="in-field" onClick={() => void ask()}>
                  {text.files.choose}
                </Button>
              )
            }
          />
          {dialog}
        </>
      )}
    </Field>
  );
}
