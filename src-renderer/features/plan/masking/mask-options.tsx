import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import type { ReactNode } from 'react';
import type { OptionFieldFacts } from '../../../../src-shared/contract/parts.ts';
import type { CompiledColumn } from '../../../../src-shared/contract/plans.ts';
import { Field } from '../../../components/field.tsx';
import { Tick } from '../../../components/marks.tsx';
import { text } from '../../../text/text.ts';
import { CommitField } from '../commit-field.tsx';

type MaskSpec = NonNullable<CompiledColumn['mask']>;

/** Rows follow the last key that quickly. */
const PAUSE_MS = 250;

interface OptionsProps {
  readonly fields: readonly OptionFieldFacts[];
  readonly spec: MaskSpec;
  readonly disabled: boolean;
  /** undefined: the adapter's own default. */
  readonly onChange: (property: string, value: unknown) => void;
}

/** The options of a mask, as its adapter describes them. */
export function MaskOptions({ fields, spec, disabled, onChange }: OptionsProps): ReactNode {
  return fields.map((field) => (
    <OptionInput
      key={field.property}
      field={field}
      value={spec[field.property]}
      disabled={disabled}
      onChange={(value) => onChange(field.property, value)}
    />
  ));
}

interface InputProps {
  readonly field: OptionFieldFacts;
  readonly value: unknown;
  readonly disabled: boolean;
  readonly onChange: (value: unknown) => void;
}

function OptionInput({ field, value, disabled, onChange }: InputProps): ReactNode {
  const { title, kind, choices, fallback } = field;
  if (kind === 'switch') {
    const isOn = value === undefined ? fallback === 'true' : value === true;
    return (
      <label className="row">
        <Tick value={isOn} label={title} disabled={disabled} onChange={onChange} />
        <span>{title}</span>
      </label>
    );
  }
  if (choices !== null) return <ChoiceInput field={field} value={value} disabled={disabled} onChange={onChange} />;
  return (
    <Field label={title}>
      {({ id }) => (
        <CommitField
          id={id}
          disabled={disabled}
          value={spelled(value)}
          pauseMs={PAUSE_MS}
          placeholder={fallback ?? ''}
          inputProps={{ className: 'data', inputMode: kind === 'number' ? 'numeric' : 'text', spellCheck: false }}
          onCommit={(typed) => onChange(readTyped(kind, typed))}
        />
      )}
    </Field>
  );
}

function ChoiceInput({ field, value, disabled, onChange }: InputProps): ReactNode {
  const { title, kind, choices, fallback } = field;
  const many = kind === 'list';
  const chosen = many ? (Array.isArray(value) ? value.map(String) : []) : spelled(value ?? fallback);
  return (
    <Field label={title}>
      {({ id }) => (
        <Select
          multiple={many}
          value={chosen}
          disabled={disabled}
          displayEmpty
          inputProps={{ id, 'aria-label': title }}
          renderValue={(shown) => (Array.isArray(shown) ? shown.join(', ') || text.plan.masking.nothing : shown)}
          onChange={({ target }) => {
            const next: unknown = target.value;
            onChange(Array.isArray(next) && next.length === 0 ? undefined : next);
          }}
        >
          {(choices ?? []).map((choice) => (
            <MenuItem key={choice} value={choice}>
              {choice}
            </MenuItem>
          ))}
        </Select>
      )}
    </Field>
  );
}

const spelled = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** A number where one is meant and written; what is none is told by the adapter. */
function readTyped(kind: OptionFieldFacts['kind'], typed: string): unknown {
  if (typed === '') return undefined;
  if (kind === 'list') return typed.split(/[,\s]+/).filter((part) => part !== '');
  return kind === 'number' && /^-?\d+(?:\.\d+)?$/.test(typed.trim()) ? Number(typed) : typed;
}
