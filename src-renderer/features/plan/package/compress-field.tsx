import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import type { ReactNode } from 'react';
import { COMPRESSIONS } from '../../../../src-shared/model/compression.ts';
import { Field } from '../../../components/field.tsx';
import { text } from '../../../text/text.ts';
import { findingAt } from '../findings-at.ts';
import type { StepProps } from '../plan-editor.ts';
import { withPackage } from './package-options.ts';

const words = text.planPackage;

/** Whether the files of the tables are compressed, and how. */
export function CompressField({ editor }: StepProps): ReactNode {
  const compress = editor.plan.package?.compress ?? 'none';
  return (
    <Field label={words.compress} hint={words.compressHint[compress]} error={findingAt(editor, 'package', 'compress')}>
      {({ id, describedBy }) => (
        <Select
          value={compress}
          inputProps={{ id, 'aria-label': words.compress, 'aria-describedby': describedBy }}
          onChange={({ target }) => {
            const next = target.value === 'none' ? undefined : target.value;
            editor.editBy((plan) => ({ kind: 'package', package: withPackage(plan.package, { compress: next }) }));
          }}
        >
          {COMPRESSIONS.map((each) => (
            <MenuItem key={each} value={each}>
              {words.compressBy[each]}
            </MenuItem>
          ))}
        </Select>
      )}
    </Field>
  );
}
