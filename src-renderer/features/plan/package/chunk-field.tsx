import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import type { ReactNode } from 'react';
import type { Plan } from '../../../../src-shared/model/plan.ts';
import { Field } from '../../../components/field.tsx';
import { text } from '../../../text/text.ts';
import { CommitField } from '../commit-field.tsx';
import { findingAt } from '../findings-at.ts';
import type { StepProps } from '../plan-editor.ts';
import { withPackage } from './package-options.ts';

const words = text.planPackage;

type Chunk = NonNullable<NonNullable<Plan['package']>['chunk']>;
type By = keyof typeof words.chunkBy;

/** What is proposed where somebody only says by what. */
const FIRST: Readonly<Record<By, Chunk | undefined>> = {
  none: undefined,
  rows: { rows: 1_000_000 },
  bytes: { bytes: '2GiB' },
};

/** Whether tables are written in parts, and how large one may become. */
export function ChunkField({ editor }: StepProps): ReactNode {
  const chunk = editor.plan.package?.chunk;
  const by: By = chunk === undefined ? 'none' : 'rows' in chunk ? 'rows' : 'bytes';
  const set = (next: Chunk | undefined): void =>
    editor.editBy((plan) => ({ kind: 'package', package: withPackage(plan.package, { chunk: next }) }));
  return (
    <Field label={words.chunk} hint={words.chunkHint[by]} error={findingAt(editor, 'package', 'chunk')}>
      {({ id, describedBy }) => (
        <span className="row">
          <Select
            value={by}
            inputProps={{ id, 'aria-label': words.chunk, 'aria-describedby': describedBy }}
            onChange={({ target }) => set(FIRST[target.value])}
          >
            {(Object.keys(words.chunkBy) as By[]).map((each) => (
              <MenuItem key={each} value={each}>
                {words.chunkBy[each]}
              </MenuItem>
            ))}
          </Select>
          {chunk === undefined ? null : <SizeField chunk={chunk} onChange={set} />}
        </span>
      )}
    </Field>
  );
}

function SizeField({
  chunk,
  onChange,
}: {
  readonly chunk: Chunk;
  readonly onChange: (chunk: Chunk) => void;
}): ReactNode {
  if ('bytes' in chunk) {
    return (
      <CommitField
        key="bytes"
        value={String(chunk.bytes)}
        inputProps={{ 'aria-label': words.chunkBytes, spellCheck: false }}
        onCommit={(typed) => onChange({ bytes: typed.trim() })}
      />
    );
  }
  return (
    <CommitField
      key="rows"
      value={String(chunk.rows)}
      inputProps={{ 'aria-label': words.chunkRows, inputMode: 'numeric' }}
      onCommit={(typed) => {
        const digits = typed.replace(/\D/g, '');
        if (digits !== '') onChange({ rows: Number(digits) });
      }}
    />
  );
}
