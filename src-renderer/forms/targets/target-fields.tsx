import OutlinedInput from '@mui/material/OutlinedInput';
import type { ReactNode } from 'react';
import type { OptionFieldFacts } from '../../../src-shared/contract/parts.ts';
import { Field } from '../../components/field.tsx';
import { PathField } from '../path-field.tsx';
import { text } from '../../text/text.ts';
import type { TargetForm } from './use-target-form.ts';

/** The name, and the options of the kind as its own schema lists them. */
export function TargetFields({ form }: { readonly form: TargetForm }): ReactNode {
  return (
    <>
      <Field label={text.targets.name} hint={text.targets.nameHint}>
        {({ id, describedBy }) => (
          <OutlinedInput
            autoFocus
            id={id}
            value={form.name}
            inputProps={{ 'aria-describedby': describedBy, spellCheck: false }}
            onChange={(event) => form.setName(event.target.value)}
          />
        )}
      </Field>
      <div className="target-fields">
        {form.kind.fields.map((field) => (
          <OptionInput key={`${form.kind.id} ${field.property}`} field={field} form={form} />
        ))}
      </div>
    </>
  );
}

function OptionInput({ field, form }: { readonly field: OptionFieldFacts; readonly form: TargetForm }): ReactNode {
  const { property, title, required, fallback, usual, hint, kind } = field;
  const value = form.values[property] ?? '';
  const label = required ? title : `${title} (${text.targets.optional})`;
  // A local folder, and files of this machine, can be chosen; a folder on a server cannot.
  const localKind = localPathKind(field, form.kind.traits['network'] === true);
  if (localKind !== null) {
    return (
      <div className="wide">
        <PathField
          label={label}
          value={value}
          onChange={(path) => form.set(property, path)}
          request={{ kind: localKind, title }}
          hint={hint}
          placeholder={usual ?? undefined}
        />
      </div>
    );
  }
  return (
    <div className={SPANS[property] ?? ''}>
      <Field label={label} hint={hint}>
        {({ id, describedBy }) => (
          <OutlinedInput
            id={id}
            fullWidth
            value={value}
            placeholder={fallback ?? usual ?? ''}
            inputProps={{
              'aria-describedby': describedBy,
              spellCheck: false,
              inputMode: kind === 'number' ? 'numeric' : undefined,
            }}
            onChange={(event) => form.set(property, event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}

/** Host and port share a line; what is long has one of its own. */
const SPANS: Readonly<Record<string, string>> = { host: 'most', port: 'few', hostKey: 'wide' };

function localPathKind({ property }: OptionFieldFacts, isNetwork: boolean): 'file' | 'folder' | null {
  if (property === 'path') return isNetwork ? null : 'folder';
  return property === 'key' || property === 'knownHosts' ? 'file' : null;
}
