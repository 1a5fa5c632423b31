import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import type { ReactNode } from 'react';
import { Field } from '../../../components/field.tsx';
import { Tick } from '../../../components/marks.tsx';
import { useFacts } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import { findingAt } from '../findings-at.ts';
import type { StepProps } from '../plan-editor.ts';
import { ChunkField } from './chunk-field.tsx';
import { CompressField } from './compress-field.tsx';
import { PackageLacks } from './package-lacks.tsx';
import { modeOf, PACKAGE_MODES, withDisclosed, withPackage } from './package-options.ts';

const words = text.planPackage;

/** What a person decides of the package. */
export function PackageForm({ editor }: StepProps): ReactNode {
  return (
    <div className="package-form">
      <ModeField editor={editor} />
      <CompressField editor={editor} />
      <ChunkField editor={editor} />
      <fieldset className="package-disclose">
        <legend className="field-label">{words.disclose}</legend>
        <p className="small faint">{words.discloseHint}</p>
        <DiscloseTick editor={editor} kind="source" title={words.source} hint={words.sourceHint} />
        <DiscloseTick editor={editor} kind="sql" title={words.sql} hint={words.sqlHint} />
        <Fault error={findingAt(editor, 'package', 'disclose')} />
      </fieldset>
      <PackageLacks editor={editor} />
    </div>
  );
}

function ModeField({ editor }: StepProps): ReactNode {
  const { platform } = useFacts();
  const pack = editor.plan.package;
  const hint = platform === 'win32' ? words.modeWindows : words.modeHint;
  return (
    <Field label={words.mode} hint={hint} error={findingAt(editor, 'package', 'mode')}>
      {({ id, describedBy }) => (
        <Select
          value={modeOf(pack)}
          inputProps={{ id, 'aria-label': words.mode, 'aria-describedby': describedBy }}
          onChange={({ target }) => {
            const mode = target.value === PACKAGE_MODES[0] ? undefined : target.value;
            editor.editBy((plan) => ({ kind: 'package', package: withPackage(plan.package, { mode }) }));
          }}
        >
          {PACKAGE_MODES.map((mode) => (
            <MenuItem key={mode} value={mode}>
              <span className="data">{mode}</span>&ensp;
              <span className="second">{words.modes[mode]}</span>
            </MenuItem>
          ))}
        </Select>
      )}
    </Field>
  );
}

interface TickProps extends StepProps {
  readonly kind: 'source' | 'sql';
  readonly title: string;
  readonly hint: string;
}

function DiscloseTick({ editor, kind, title, hint }: TickProps): ReactNode {
  const pack = editor.plan.package;
  return (
    <label className="format-switch">
      <Tick
        value={pack?.disclose?.includes(kind) === true}
        label={title}
        onChange={(chosen) =>
          editor.editBy((plan) => ({ kind: 'package', package: withDisclosed(plan.package, kind, chosen) }))
        }
      />
      <span>
        {title}
        <span className="small faint">{hint}</span>
      </span>
    </label>
  );
}

function Fault({ error }: { readonly error: string | null }): ReactNode {
  return error === null ? null : (
    <p className="small tone-bad" role="alert">
      {error}
    </p>
  );
}
