import MenuItem from '@mui/material/MenuItem';
import OutlinedInput from '@mui/material/OutlinedInput';
import Select from '@mui/material/Select';
import Switch from '@mui/material/Switch';
import type { ReactNode } from 'react';
import type { OptionFieldFacts } from '../../src-shared/contract/parts.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import { Field } from '../components/field.tsx';
import { text } from '../text/text.ts';
import { ON } from './option-values.ts';
import { PathField } from './path-field.tsx';

export interface OptionInputProps {
  readonly field: OptionFieldFacts;
  /** Text of the field; empty: not given. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: ReactNode;
  readonly hint?: ReactNode;
  /** The option is a path on this machine. */
  readonly path?: 'file' | 'folder' | undefined;
}

/** One option of an adapter as a field of its kind. Nothing here knows which adapter it is. */
export function OptionInput(props: OptionInputProps): ReactNode {
  const { field, value, onChange, error, hint, path } = props;
  if (path !== undefined) {
    return (
      <PathField
        label={field.title}
        value={value}
        onChange={onChange}
        request={{ kind: path, title: text.files.titleFor(field.title) }}
        error={error}
        hint={hint ?? field.hint}
        placeholder={field.usual ?? undefined}
      />
    );
  }
  return (
    <Field
      label={field.title}
      error={error}
      hint={hint ?? field.hint ?? (field.kind === 'list' ? text.forms.listHint : undefined)}
    >
      {(ids) => <Control {...props} {...ids} />}
    </Field>
  );
}

interface ControlProps extends OptionInputProps {
  readonly id: string;
  readonly describedBy: string;
}

function Control(props: ControlProps): ReactNode {
  const { field, value, onChange, id, describedBy, error } = props;
  if (field.choices !== null && field.kind !== 'list') return <Choice {...props} choices={field.choices} />;
  if (field.kind === 'switch') {
    return (
      <span className="row" style={{ height: 28 }}>
        <Switch
          checked={(value === '' ? field.fallback : value) === ON}
          slotProps={{ input: { id, 'aria-describedby': describedBy } }}
          onChange={(_event, checked) => onChange(String(checked))}
        />
      </span>
    );
  }
  return (
    <OutlinedInput
      id={id}
      value={value}
      error={error !== undefined && error !== null && error !== ''}
      placeholder={field.fallback ?? field.usual ?? ''}
      required={field.required}
      inputProps={{
        'aria-describedby': describedBy,
        inputMode: field.kind === 'number' ? 'numeric' : undefined,
        spellCheck: false,
        autoComplete: 'off',
      }}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function Choice({
  field,
  value,
  onChange,
  id,
  describedBy,
  choices,
}: ControlProps & { readonly choices: readonly string[] }): ReactNode {
  const usual = usualText(field, choices);
  return (
    <Select
      value={value}
      displayEmpty
      inputProps={{ id, 'aria-describedby': describedBy, 'aria-label': field.title }}
      onChange={(event) => onChange(event.target.value)}
    >
      {field.required ? null : (
        <MenuItem value="">
          <span className="second">{usual}</span>
        </MenuItem>
      )}
      {choices.map((choice) => (
        <MenuItem key={choice} value={choice}>
          {choiceText(field, choice)}
        </MenuItem>
      ))}
    </Select>
  );
}

/** What holds when nothing is chosen, where one choice says it. */
function usualText(field: OptionFieldFacts, choices: readonly string[]): string {
  const usual = field.fallback ?? field.usual;
  return usual === null || !choices.includes(usual) ? text.forms.notSaid : text.forms.usual(choiceText(field, usual));
}

/** A value of an option in words. */
export function choiceText({ property }: Pick<OptionFieldFacts, 'property'>, choice: string): string {
  const words = ownValue(text.forms.choices, property);
  return (words === undefined ? undefined : ownValue(words, choice)) ?? choice;
}
