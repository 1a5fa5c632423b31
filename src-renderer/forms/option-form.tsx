import type { ReactNode } from 'react';
import type { OptionFieldFacts } from '../../src-shared/contract/parts.ts';
import { OptionInput } from './option-input.tsx';
import { layOutFields, type FormLine } from './option-layout.ts';
import type { OptionTexts } from './option-values.ts';

/** The options of an adapter as a form, made from their fields alone. */
export function OptionForm({
  fields,
  texts,
  onChange,
  errors = {},
  lines = [],
  paths = {},
}: {
  readonly fields: readonly OptionFieldFacts[];
  readonly texts: OptionTexts;
  readonly onChange: (property: string, value: string) => void;
  /** By property. */
  readonly errors?: Readonly<Record<string, ReactNode>>;
  /** Properties that share a line. */
  readonly lines?: readonly FormLine[];
  /** Properties that are paths on this machine. */
  readonly paths?: Readonly<Record<string, 'file' | 'folder'>>;
}): ReactNode {
  return layOutFields(fields, lines).map((line) => (
    <div
      key={line.fields.map(({ property }) => property).join(' ')}
      className="form-line"
      style={{ gridTemplateColumns: line.columns }}
    >
      {line.fields.map((field) => (
        <OptionInput
          key={field.property}
          field={field}
          value={texts[field.property] ?? ''}
          onChange={(value) => onChange(field.property, value)}
          error={errors[field.property]}
          path={paths[field.property]}
        />
      ))}
    </div>
  ));
}
