import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import type { ReactNode } from 'react';
import type { FormatState } from '../../../../src-shared/contract/plans.ts';
import type { OptionFieldFacts } from '../../../../src-shared/contract/parts.ts';
import { Field } from '../../../components/field.tsx';
import { useFacts } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import { findingAt } from '../findings-at.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { FormatField, FormatSwitch } from './format-field.tsx';
import { MigrateChoice } from './migrate-choice.tsx';
import { givenText, withOption } from './format-options.ts';

const words = text.planFormat;

/** The format and its options, as its adapter describes them. */
export function FormatForm({
  editor,
  state,
}: {
  readonly editor: PlanEditorState;
  /** null: it is being read. */
  readonly state: FormatState | null;
}): ReactNode {
  const { format } = editor.plan;
  const fields = state?.fields ?? [];
  const propsOf = (field: OptionFieldFacts) => ({
    field,
    value: givenText(format, field.property, state?.given ?? {}),
    error: findingAt(editor, 'format', field.property),
    titles: state?.words[field.property] ?? {},
    onChange: (value: string | null) =>
      editor.editBy((plan) => ({ kind: 'format', format: withOption(plan.format, field, value) })),
  });
  const isSwitch = ({ kind }: OptionFieldFacts): boolean => kind === 'switch';
  return (
    <div className="format-fields">
      <div className="format-grid">
        <FormatChoice editor={editor} />
        <MigrateChoice editor={editor} />
        {fields
          .filter((field) => !isSwitch(field))
          .map((field) => (
            <FormatField key={field.property} {...propsOf(field)} />
          ))}
      </div>
      <div className="format-switches">
        {fields.filter(isSwitch).map((field) => (
          <FormatSwitch key={field.property} {...propsOf(field)} />
        ))}
      </div>
    </div>
  );
}

/** Another format begins with its own usual options. */
function FormatChoice({ editor }: { readonly editor: PlanEditorState }): ReactNode {
  const { formats } = useFacts();
  const { type } = editor.plan.format;
  const isKnown = formats.some(({ id }) => id === type);
  return (
    <Field
      label={words.format}
      hint={formats.find(({ id }) => id === type)?.extension}
      error={findingAt(editor, 'format', 'type')}
    >
      {({ id, describedBy }) => (
        <Select
          value={type}
          inputProps={{ id, 'aria-label': words.format, 'aria-describedby': describedBy }}
          onChange={({ target }) => editor.edit({ kind: 'format', format: { type: target.value } })}
        >
          {isKnown ? null : (
            <MenuItem value={type} disabled>
              {words.notWritten(type)}
            </MenuItem>
          )}
          {formats.map(({ id: format, title }) => (
            <MenuItem key={format} value={format}>
              {title}
            </MenuItem>
          ))}
        </Select>
      )}
    </Field>
  );
}
