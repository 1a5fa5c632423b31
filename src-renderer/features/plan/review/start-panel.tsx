import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { ReactNode } from 'react';
import type { ReviewState } from '../../../../src-shared/contract/plans.ts';
import { errorOnScreen } from '../../../text/error-on-screen.ts';
import { copyText } from '../../../components/copy-text.ts';
import { Field } from '../../../components/field.tsx';
import { BadIcon, CloseIcon, CopyIcon } from '../../../components/icons.tsx';
import { ConnectionDot, KeyHint } from '../../../components/marks.tsx';
import { printedKeys } from '../../../state/commands.ts';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { START_KEYS, type Start } from './use-start.tsx';

const words = text.planReview;

/** The start, what it waits for, and why it was refused. */
export function StartPanel({
  editor,
  state,
  start,
}: {
  readonly editor: PlanEditorState;
  readonly state: ReviewState;
  readonly start: Start;
}): ReactNode {
  const { waiting, isReady, isStarting } = start;
  return (
    <form
      className="review-start"
      onSubmit={(event) => {
        event.preventDefault();
        start.start();
      }}
    >
      {start.error === null ? null : <Refusal error={start.error} onDismiss={start.dismiss} />}
      {state.needs.confirm === null ? null : <Confirm name={state.needs.confirm} editor={editor} start={start} />}
      <Button variant="contained" type="submit" fullWidth disabled={!isReady} sx={{ height: 32 }}>
        {isStarting ? words.starting : words.start}
        <KeyHint>{printedKeys(START_KEYS)}</KeyHint>
      </Button>
      <p className="small second" role="status">
        {waiting.length === 0 ? words.nothingBefore : words.waitingFor(waiting)}
      </p>
      {start.dialog}
    </form>
  );
}

function Confirm({
  name,
  editor,
  start,
}: {
  readonly name: string;
  readonly editor: PlanEditorState;
  readonly start: Start;
}): ReactNode {
  return (
    <>
      <div className="row review-production">
        <ConnectionDot color={editor.connection?.color ?? 'red'} />
        <span className="strong">{words.production.title}</span>
      </div>
      <Field label={words.production.field} hint={words.production.hint(name)}>
        {({ id, describedBy }) => (
          <OutlinedInput
            id={id}
            value={start.typed}
            onChange={({ target }) => start.type(target.value)}
            inputProps={{ 'aria-describedby': describedBy, spellCheck: false, autoComplete: 'off' }}
          />
        )}
      </Field>
    </>
  );
}

/** Why nothing was started: fact, remedy and code, until it is put away. */
function Refusal({ error, onDismiss }: { readonly error: unknown; readonly onDismiss: () => void }): ReactNode {
  const { code, message, remedy } = errorOnScreen(error);
  const whole = `${code}: ${message}${remedy === undefined ? '' : `\n→ ${remedy}`}`;
  return (
    <div className="review-refusal" role="alert">
      <BadIcon className="tone-bad" />
      <div className="grow">
        <p className="medium">{message}</p>
        {remedy === undefined ? null : <p className="small">{remedy}</p>}
        <p className="row">
          <span className="data faint">{code}</span>
          <IconButton aria-label={text.everywhere.copy} onClick={() => copyText(whole)}>
            <CopyIcon size={14} />
          </IconButton>
        </p>
      </div>
      <IconButton aria-label={text.everywhere.dismiss} onClick={onDismiss}>
        <CloseIcon size={14} />
      </IconButton>
    </div>
  );
}
