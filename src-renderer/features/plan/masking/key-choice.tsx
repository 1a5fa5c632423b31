import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useState, type ReactNode } from 'react';
import type { PlanEditRequest } from '../../../../src-shared/contract/plans.ts';
import type { KeyFacts } from '../../../../src-shared/contract/secrets.ts';
import { errorOnScreen } from '../../../text/error-on-screen.ts';
import type { Plan } from '../../../../src-shared/model/plan.ts';
import { Field } from '../../../components/field.tsx';
import { MiddleEllipsis } from '../../../components/middle-ellipsis.tsx';
import { useMakeKey } from '../../../forms/use-make-key.ts';
import { useAnswer } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import { CommitField } from '../commit-field.tsx';
import { findingAt } from '../findings-at.ts';
import type { StepProps } from '../plan-editor.ts';
import { NewKeyDialog } from './new-key-dialog.tsx';

const words = text.planKeys;

/** No key can have this name. */
const NEW = '\n';

/** Which key the pseudonyms of the plan are made with: the connection's own, or one that a person named. */
export function KeyChoice({ editor }: StepProps): ReactNode {
  const { plan } = editor;
  const [isMaking, setMaking] = useState(false);
  const { data: keys } = useAnswer(['keys', 'list'], (core, signal) => core.keys.list(undefined, { signal }));
  const named = plan.pseudonyms?.key;
  const set = (change: Plan['pseudonyms']): void => editor.editBy((now) => pseudonymsEdit(now, change));
  const usable = (keys ?? []).filter(({ own, destroyed }) => !own && destroyed === null);
  return (
    <section className="key-choice" aria-label={words.title}>
      <h3>{words.title}</h3>
      <Field
        label={words.key}
        hint={keys === undefined ? '' : <Fingerprint editor={editor} keys={keys} />}
        error={findingAt(editor, 'pseudonyms', 'key')}
      >
        {({ id, describedBy }) => (
          <Select
            value={named ?? ''}
            displayEmpty
            inputProps={{ id, 'aria-label': words.key, 'aria-describedby': describedBy }}
            renderValue={() => <MiddleEllipsis text={named ?? words.own(plan.connection)} />}
            onChange={({ target }) => {
              if (target.value === NEW) setMaking(true);
              else set({ key: target.value === '' ? undefined : target.value });
            }}
          >
            <MenuItem value="">{words.own(plan.connection)}</MenuItem>
            {named === undefined || usable.some(({ name }) => name === named) ? null : (
              <MenuItem value={named} disabled>
                {keys?.some(({ name }) => name === named) === true ? words.destroyed(named) : words.missing(named)}
              </MenuItem>
            )}
            {usable.map(({ name, fingerprint }) => (
              <MenuItem key={name} value={name}>
                {name}&ensp;<span className="data faint">{fingerprint.slice(0, 15)}</span>
              </MenuItem>
            ))}
            <MenuItem value={NEW}>{words.new}</MenuItem>
          </Select>
        )}
      </Field>
      {named === undefined || keys === undefined || keys.some(({ name }) => name === named) ? null : (
        <MakeMissing name={named} />
      )}
      <Field label={words.domain} hint={words.domainHint}>
        {({ id, describedBy }) => (
          <CommitField
            id={id}
            className="data-input"
            value={plan.pseudonyms?.domain ?? ''}
            placeholder={plan.connection}
            inputProps={{ 'aria-describedby': describedBy, spellCheck: false }}
            onCommit={(typed) => set({ domain: typed.trim() === '' ? undefined : typed.trim() })}
          />
        )}
      </Field>
      {isMaking ? <NewKeyDialog onClose={() => setMaking(false)} onMade={(key) => set({ key })} /> : null}
    </section>
  );
}

/** Keys of the block that are undefined go; an empty block is none. */
function pseudonymsEdit({ pseudonyms }: Plan, change: Plan['pseudonyms']): PlanEditRequest {
  const entries = Object.entries({ ...pseudonyms, ...change }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return { kind: 'pseudonyms', pseudonyms: entries.length === 0 ? null : Object.fromEntries(entries) };
}

function Fingerprint({ editor: { plan }, keys }: StepProps & { readonly keys: readonly KeyFacts[] }): ReactNode {
  const named = plan.pseudonyms?.key;
  const used = keys.find(({ name }) => name === (named ?? `connection:${plan.connection}`));
  if (used !== undefined) return <span className="data">{used.fingerprint}</span>;
  return named === undefined ? words.ownUnmade : '';
}

/** A plan that came from elsewhere names a key that is not here. */
function MakeMissing({ name }: { readonly name: string }): ReactNode {
  const { make, error, dialog } = useMakeKey();
  return (
    <div className="column key-missing">
      <Button
        variant="outlined"
        sx={{ height: 24 }}
        aria-label={words.makeMissing(name)}
        onClick={() => void make(name)}
      >
        <MiddleEllipsis text={words.makeMissing(name)} />
      </Button>
      <span className="small faint">{words.makeMissingHint}</span>
      {error === null ? null : (
        <span className="small tone-bad" role="alert">
          {errorOnScreen(error).message} {errorOnScreen(error).remedy}
        </span>
      )}
      {dialog}
    </div>
  );
}
