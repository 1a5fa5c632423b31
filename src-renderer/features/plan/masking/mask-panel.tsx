import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import type { ReactNode, Ref } from 'react';
import type { MaskSpec } from '../../../../src-shared/model/plan.ts';
import { Field } from '../../../components/field.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { useFacts } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { KeyChoice } from './key-choice.tsx';
import { maskEdits, optionEdit } from './mask-edits.ts';
import { MaskFacts } from './mask-facts.tsx';
import { MaskOptions } from './mask-options.tsx';
import type { MaskingRow } from './masking-rows.ts';
import { remedyOnScreen } from '../../../text/error-on-screen.ts';
import { seenText } from '../../../text/seen-text.ts';

const words = text.plan.masking;

interface PanelProps {
  readonly editor: PlanEditorState;
  readonly row: MaskingRow;
  readonly ref: Ref<HTMLDivElement>;
}

/** How one column is masked, with the options that its mask has. */
export function MaskPanel({ editor, row, ref }: PanelProps): ReactNode {
  const { masks } = useFacts();
  const { table, column } = row;
  const isFixed = table.pattern !== null;
  const chosen = masks.find(({ id }) => id === column.mask?.mask);
  const isKeyed = chosen?.traits['needsKey'] === true || editor.plan.pseudonyms !== undefined;
  const set = (mask: MaskSpec | null): void => editor.edit(...maskEdits(row, mask));
  const finding = editor.compiled?.findings.find(
    ({ severity, table: name, field, code }) =>
      severity === 'error' && field === column.name && (name ?? table.name) === table.name && /MASK|ADAPTER/.test(code),
  );
  return (
    <div className="mask-panel" ref={ref} role="region" aria-label={words.panel(`${table.name}.${column.name}`)}>
      <SectionHead title={seenText(`${table.table[1]}.${column.name}`)}>
        <span className="data faint ellipsis" title={column.nativeType}>
          {column.nativeType}
        </span>
      </SectionHead>
      <div className="mask-panel-body">
        {isFixed ? <p className="second small">{text.plan.columns.fromPattern(table.pattern ?? '')}</p> : null}
        <Field label={text.plan.columns.mask}>
          {({ id }) => (
            <Select
              value={column.mask?.mask ?? ''}
              displayEmpty
              disabled={isFixed}
              inputProps={{ id, 'aria-label': text.plan.columns.mask }}
              onChange={({ target }) => set(target.value === '' ? null : firstSpec(row, target.value))}
            >
              <MenuItem value="">{words.none}</MenuItem>
              {masks.map(({ id: mask, title }) => (
                <MenuItem key={mask} value={mask}>
                  {title}
                  {column.personal?.suggestion.mask === mask ? (
                    <span className="faint">&nbsp;· {words.suggested}</span>
                  ) : null}
                </MenuItem>
              ))}
            </Select>
          )}
        </Field>
        {chosen === undefined || column.mask === null ? null : (
          <MaskOptions
            fields={chosen.fields}
            spec={column.mask}
            disabled={isFixed}
            onChange={(property, value) => editor.editBy((plan) => optionEdit(plan, row, { property, value }))}
          />
        )}
        {finding === undefined ? null : (
          <p className="small tone-bad" role="alert">
            {seenText(`${finding.message} ${remedyOnScreen(finding.code, finding.remedy) ?? ''}`)}
          </p>
        )}
        {isKeyed ? <KeyChoice editor={editor} /> : null}
        <MaskFacts row={row} traits={chosen?.traits ?? null} />
      </div>
    </div>
  );
}

/** The suggested options where this mask is the suggested one. */
function firstSpec({ column: { personal } }: MaskingRow, mask: string): MaskSpec {
  return personal?.suggestion.mask === mask ? personal.suggestion : { mask };
}
