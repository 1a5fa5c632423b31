import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import type { ReactNode } from 'react';
import type { OptionFieldFacts } from '../../../../src-shared/contract/parts.ts';
import { Field } from '../../../components/field.tsx';
import { Tick } from '../../../components/marks.tsx';
import { readCharacters, spellCharacters } from '../../../forms/characters.ts';
import { ON } from '../../../forms/option-values.ts';
import { text } from '../../../text/text.ts';
import { CommitField } from '../commit-field.tsx';

const words = text.planFormat;

/** The lines below follow the last key that quickly. */
const PAUSE_MS = 250;

interface FieldProps {
  readonly field: OptionFieldFacts;
  /** null: the plan does not give it. */
  readonly value: string | null;
  readonly error: string | null;
  /** Words for choices. */
  readonly titles: Readonly<Record<string, string>>;
  /** null: leave it to the usual. */
  readonly onChange: (value: string | null) => void;
}

/** One option of a format: what the plan says, or, faint, what holds without. */
export function FormatField(props: FieldProps): ReactNode {
  const { field, error } = props;
  return (
    <Field label={field.title} hint={field.hint} error={error}>
      {(ids) => (field.choices === null ? <Typed {...props} {...ids} /> : <Chosen {...props} {...ids} />)}
    </Field>
  );
}

/** An option that is on or off. */
export function FormatSwitch({ field, value, error, onChange }: FieldProps): ReactNode {
  return (
    <label className="format-switch" title={field.hint ?? ''}>
      <Tick
        value={(value ?? field.fallback) === ON}
        label={field.title}
        onChange={(checked) => onChange(String(checked))}
      />
      <span>
        {field.title}
        {error === null ? null : (
          <span className="small tone-bad" role="alert">
            {error}
          </span>
        )}
      </span>
    </label>
  );
}

type ControlProps = FieldProps & { readonly id: string; readonly describedBy: string };

function Typed({ field, value, error, id, describedBy, onChange }: ControlProps): ReactNode {
  const spell = (written: string): string => (field.characters ? spellCharacters(written) : written);
  const usual = field.fallback === null || field.fallback === '' ? (field.empty ?? '') : spell(field.fallback);
  return (
    <CommitField
      id={id}
      className="data-input"
      value={value === null ? '' : spell(value)}
      pauseMs={PAUSE_MS}
      error={error !== null}
      title={field.characters ? words.charactersHint : ''}
      placeholder={value === null ? usual : (field.empty ?? '')}
      inputProps={{ 'aria-describedby': describedBy, spellCheck: false, autoComplete: 'off', dir: 'ltr' }}
      onCommit={(typed) => onChange(field.characters ? readCharacters(typed) : typed)}
      endAdornment={
        value === null ? null : (
          <Button
            variant="text"
            className="in-field"
            aria-label={words.asUsual(field.title)}
            title={words.usualIs(usual)}
            onClick={() => onChange(null)}
          >
            {words.usual}
          </Button>
        )
      }
    />
  );
}

function Chosen({ field, value, titles, id, describedBy, onChange }: ControlProps): ReactNode {
  const choices = field.choices ?? [];
  const usual = field.fallback ?? '';
  const all = value === null || value === '' || choices.includes(value) ? choices : [value, ...choices];
  return (
    <Select
      value={value ?? ''}
      displayEmpty
      inputProps={{ id, 'aria-label': field.title, 'aria-describedby': describedBy }}
      renderValue={(shown) => (shown === '' ? <span className="faint">{usual}</span> : shown)}
      onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
    >
      <MenuItem value="">
        <span className="second">{words.usualIs(usual)}</span>
      </MenuItem>
      {all.map((choice) => (
        <MenuItem key={choice} value={choice}>
          {titles[choice] ?? choice}
        </MenuItem>
      ))}
    </Select>
  );
}
