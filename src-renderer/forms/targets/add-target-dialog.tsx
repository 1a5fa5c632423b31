import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import { useId, type ReactNode } from 'react';
import { isAppError, type AppError } from '../../../src-shared/errors/app-error.ts';
import { DialogFoot } from '../../components/dialog-foot.tsx';
import { CloseIcon } from '../../components/icons.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { ErrorState } from '../../components/states.tsx';
import { text } from '../../text/text.ts';
import { HostKeyChanged } from './host-key-changed.tsx';
import { HostKeyPanel } from './host-key-panel.tsx';
import { SecretFields } from './secret-fields.tsx';
import { TargetFields } from './target-fields.tsx';
import { useTargetForm, type TargetForm } from './use-target-form.ts';
import './target-dialog.css';

/** A new target: its kind, its options, its secrets; then the host key, which a person compares. */
export function AddTargetDialog({
  onDone,
  onSaved = onDone,
}: {
  readonly onDone: () => void;
  /** It is saved under this name; the dialog is to go. */
  readonly onSaved?: (name: string) => void;
}): ReactNode {
  const id = useId();
  const form = useTargetForm(onSaved);
  return (
    <Dialog open onClose={onDone} aria-labelledby={id} slotProps={{ paper: { sx: { width: 560 } } }}>
      <div className="dialog-head">
        <h2 id={id}>{text.targets.add}</h2>
        <IconButton className="push" aria-label={text.everywhere.close} onClick={onDone}>
          <CloseIcon />
        </IconButton>
      </div>
      {isAppError(form.error, 'TARGET/HOST_KEY_UNKNOWN') ? (
        <CompareStep form={form} error={form.error} />
      ) : (
        <FieldsStep form={form} onDone={onDone} />
      )}
      {form.dialog}
    </Dialog>
  );
}

function FieldsStep({ form, onDone }: { readonly form: TargetForm; readonly onDone: () => void }): ReactNode {
  return (
    <form
      className="column"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
    >
      <div className="column dialog-body scroll">
        <div className="row">
          <Segmented
            label={text.targets.kind}
            items={form.kinds.map((kind) => ({ id: kind.id, title: kind.title }))}
            value={form.kind.id}
            onChange={form.choose}
          />
        </div>
        <TargetFields form={form} />
        {form.kind.traits['network'] === true ? (
          <SecretFields secrets={form.secrets} onChange={form.setSecret} />
        ) : null}
        <Failure error={form.error} />
      </div>
      <DialogFoot onCancel={onDone}>
        {form.saveUntried === null ? null : (
          <Button variant="outlined" disabled={form.busy} onClick={form.saveUntried}>
            {text.targets.saveUntried}
          </Button>
        )}
        <Button variant="contained" type="submit" disabled={!form.isReady || form.busy}>
          {saveText(form)}
        </Button>
      </DialogFoot>
    </form>
  );
}

/** The fields give way: nothing else is asked for until the key is compared. */
function CompareStep({ form, error }: { readonly form: TargetForm; readonly error: AppError }): ReactNode {
  return (
    <>
      <div className="column dialog-body scroll">
        <HostKeyPanel error={error} busy={form.busy} onAccept={form.pin} />
      </div>
      <div className="dialog-foot">
        <Button variant="text" onClick={form.back}>
          {text.targets.hostKey.back}
        </Button>
      </div>
    </>
  );
}

function saveText({ busy, kind }: TargetForm): string {
  if (busy) return text.targets.saving;
  return kind.traits['network'] === true ? text.targets.save : text.targets.saveFolder;
}

function Failure({ error }: { readonly error: unknown }): ReactNode {
  if (error === null) return null;
  if (isAppError(error, 'TARGET/HOST_KEY_CHANGED')) return <HostKeyChanged error={error} />;
  return <ErrorState error={error} />;
}
