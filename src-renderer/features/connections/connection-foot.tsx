import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { DialogFoot } from '../../components/dialog-foot.tsx';
import { missingFields } from '../../forms/option-values.ts';
import { text } from '../../text/text.ts';
import { hasTunnel } from './tunnel-draft.ts';
import { isGreen } from './use-test.ts';
import type { ConnectionForm } from './use-connection-form.ts';

const { connections: words } = text;

/** An identity in doubt is not passed over by saving: it is compared, or it is a full stop. */
const HOST_KEY = /[/_]HOST_KEY_(?:UNKNOWN|CHANGED)$/;

/** What can be done with the form. Without a green test, saving is a decision that its button names. */
export function ConnectionFoot({
  form,
  onCancel,
}: {
  readonly form: ConnectionForm;
  readonly onCancel: () => void;
}): ReactNode {
  const { test, isSaving, isCurrent, runTest, submit } = form;
  const { result } = test;
  const missing = missingOf(form);
  const isTesting = result.state === 'testing';
  const cannot = missing !== null || isSaving || isTesting;
  return (
    <DialogFoot
      onCancel={onCancel}
      start={
        <>
          {isTesting ? (
            <Button variant="outlined" onClick={test.stop}>
              {words.cancelTest}
            </Button>
          ) : (
            <Button
              variant="outlined"
              disabled={missingOf(form, { named: false }) !== null}
              onClick={() => void runTest()}
            >
              {result.state === 'none' ? words.testButton : words.testAgain}
            </Button>
          )}
          <span className="small faint ellipsis">{missing ?? words.nothingWritten}</span>
        </>
      }
    >
      {isCurrent && result.state === 'failed' && !HOST_KEY.test(result.error.code) ? (
        <Button variant="outlined" disabled={cannot} onClick={() => void submit({ untested: true })}>
          {words.saveUntested}
        </Button>
      ) : null}
      <Button variant="contained" type="submit" disabled={cannot}>
        {saveText(form)}
      </Button>
    </DialogFoot>
  );
}

function saveText({ test: { result }, isCurrent }: ConnectionForm): string {
  if (!isCurrent || result.state !== 'connected') return words.testAndSave;
  return isGreen(result.facts) ? words.saveTested : words.saveRemarks;
}

/** The first field that has to be filled, in words; null: none. */
function missingOf({ draft, adapter, tunnel }: ConnectionForm, { named } = { named: true }): string | null {
  if (named && draft.name.trim() === '') return text.forms.needed(words.name);
  const isLed = adapter.traits['network'] === true && hasTunnel(draft.tunnel);
  const ofTunnel = isLed ? missingFields(tunnel.fields, draft.tunnel.texts) : [];
  const field = [...missingFields(adapter.fields, draft.texts), ...ofTunnel][0];
  return field === undefined ? null : text.forms.needed(field.title);
}
