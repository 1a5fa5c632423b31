import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import type { ReactNode } from 'react';
import { Field } from '../../../components/field.tsx';
import { useFacts } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import { findingAt } from '../findings-at.ts';
import type { StepProps } from '../plan-editor.ts';

const words = text.planFormat;
/** No product has an empty id. */
const NONE = '';

/** Which database the package is made to be loaded into, with scripts for its own client. */
export function MigrateChoice({ editor }: StepProps): ReactNode {
  const { migrationTargets } = useFacts();
  const asked = editor.plan.migrate ?? NONE;
  const target = migrationTargets.find(({ id }) => id === asked);
  return (
    <Field
      label={words.migrate}
      hint={target === undefined ? words.migrateNoneHint : words.migrateHint(target.title)}
      error={findingAt(editor, 'migrate')}
    >
      {({ id, describedBy }) => (
        <Select
          value={asked}
          displayEmpty
          inputProps={{ id, 'aria-label': words.migrate, 'aria-describedby': describedBy }}
          onChange={({ target: { value } }) => editor.edit({ kind: 'migrate', migrate: value === NONE ? null : value })}
        >
          <MenuItem value={NONE}>{words.migrateNone}</MenuItem>
          {target === undefined && asked !== NONE ? (
            <MenuItem value={asked} disabled>
              {words.migrateNotWritten(asked)}
            </MenuItem>
          ) : null}
          {migrationTargets.map(({ id: product, title }) => (
            <MenuItem key={product} value={product}>
              {title}
            </MenuItem>
          ))}
        </Select>
      )}
    </Field>
  );
}
