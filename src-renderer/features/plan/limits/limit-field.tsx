import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import { Field } from '../../../components/field.tsx';
import { text } from '../../../text/text.ts';
import { CommitField } from '../commit-field.tsx';
import type { Typed } from './limit-values.ts';

const words = text.planLimits;

interface LimitFieldProps<Value> {
  readonly label: string;
  readonly hint?: string;
  readonly unit?: string;
  /** As the plan has it; empty: it says nothing, and `usual` holds. */
  readonly value: string;
  readonly usual: string;
  readonly width?: number;
  /** Id of a list of proposals. */
  readonly list?: string;
  /** It cannot be left out. */
  readonly required?: boolean;
  /** What the plan's findings say of it. */
  readonly error?: string | null;
  readonly read: (typed: string) => Typed<Value>;
  readonly onChange: (value: Value | undefined) => void;
}

/** One limit. What the plan would refuse is said here and not saved. */
export function LimitField<Value>(props: LimitFieldProps<Value>): ReactNode {
  const { label, hint, unit, value, usual, width = 132, error = null, read, onChange } = props;
  const { list, required = false } = props;
  const [refused, setRefused] = useState<string | null>(null);
  const change = (typed: string): void => {
    const given = read(typed);
    setRefused('refused' in given ? given.refused : null);
    if ('value' in given) onChange(given.value);
  };
  return (
    <Field label={label} hint={hint} error={refused ?? error}>
      {({ id, describedBy }) => (
        <span className="row">
          <CommitField
            id={id}
            className="data-input"
            value={value}
            placeholder={usual}
            error={refused !== null || error !== null}
            sx={{ width }}
            inputProps={{ 'aria-describedby': describedBy, spellCheck: false, autoComplete: 'off', dir: 'ltr', list }}
            onCommit={change}
            endAdornment={
              value === '' || required ? null : (
                <Button
                  variant="text"
                  className="in-field"
                  aria-label={words.asUsual(label)}
                  title={usual}
                  onClick={() => change('')}
                >
                  {words.usual}
                </Button>
              )
            }
          />
          {unit === undefined ? null : <span className="second">{unit}</span>}
        </span>
      )}
    </Field>
  );
}
