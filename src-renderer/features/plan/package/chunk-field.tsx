import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useState, type ReactNode } from 'react';
import type { Plan } from '../../../../src-shared/model/plan.ts';
import { Field } from '../../../components/field.tsx';
import { text } from '../../../text/text.ts';
import { CommitField } from '../commit-field.tsx';
import { findingAt } from '../findings-at.ts';
import type { StepProps } from '../plan-editor.ts';
import { readNumber, readSize, type Typed } from '../limits/limit-values.ts';
import { withPackage } from './package-options.ts';

const words = text.planPackage;

type Chunk = NonNullable<NonNullable<Plan['package']>['chunk']>;
type By = keyof typeof words.chunkBy;

const ROWS = { least: 1, most: Number.MAX_SAFE_INTEGER };

/** What is proposed where somebody only says by what. */
const FIRST: Readonly<Record<By, Chunk | undefined>> = {
  none: undefined,
  rows: { rows: 1_000_000 },
  bytes: { bytes: '2GiB' },
};

/** Whether tables are written in parts, and how large one may become. What the plan would refuse is said and not saved. */
export function ChunkField({ editor }: StepProps): ReactNode {
  const [refused, setRefused] = useState<string | null>(null);
  const chunk = editor.plan.package?.chunk;
  const by: By = chunk === undefined ? 'none' : 'rows' in chunk ? 'rows' : 'bytes';
  const set = (next: Chunk | undefined): void => {
    setRefused(null);
    editor.editBy((plan) => ({ kind: 'package', package: withPackage(plan.package, { chunk: next }) }));
  };
  return (
    <Field label={words.chunk} hint={words.chunkHint[by]} error={refused ?? findingAt(editor, 'package', 'chunk')}>
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
          {chunk === undefined ? null : <SizeField chunk={chunk} onChange={set} onRefused={setRefused} />}
        </span>
      )}
    </Field>
  );
}

interface SizeProps {
  readonly chunk: Chunk;
  readonly onChange: (chunk: Chunk) => void;
  readonly onRefused: (why: string | null) => void;
}

function SizeField({ chunk, onChange, onRefused }: SizeProps): ReactNode {
  const take = <Value,>(typed: Typed<Value>, make: (value: Value) => Chunk): void => {
    if ('refused' in typed) onRefused(typed.refused);
    else if (typed.value !== undefined) onChange(make(typed.value));
  };
  if ('bytes' in chunk) {
    return (
      <CommitField
        key="bytes"
        value={String(chunk.bytes)}
        inputProps={{ 'aria-label': words.chunkBytes, spellCheck: false }}
        onCommit={(typed) => take(readSize(typed, { orNone: false }), (bytes) => ({ bytes }))}
      />
    );
  }
  return (
    <CommitField
      key="rows"
      value={String(chunk.rows)}
      inputProps={{ 'aria-label': words.chunkRows, inputMode: 'numeric' }}
      onCommit={(typed) => take(readNumber(typed, ROWS), (rows) => ({ rows }))}
    />
  );
}
