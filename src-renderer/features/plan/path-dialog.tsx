import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useState, type ReactNode } from 'react';
import { PathField } from '../../forms/path-field.tsx';
import { errorOnScreen } from '../../text/error-on-screen.ts';
import { useCore } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';
import { showPlan } from './show-plan.ts';

const PLAN_ENDINGS = ['yaml', 'yml'];

/** Opens a plan file by its path. */
export function OpenPlanFile({ onClose }: { readonly onClose: () => void }): ReactNode {
  const core = useCore();
  return (
    <PathDialog
      title={text.plan.list.openTitle}
      kind="file"
      action={text.plan.list.openNow}
      start=""
      onClose={onClose}
      onPath={async (path) => showPlan(await core.plans.open({ path }))}
    />
  );
}

/** Saves the plan as another file, which is shown then. */
export function SavePlanAs({ path, onClose }: { readonly path: string; readonly onClose: () => void }): ReactNode {
  const core = useCore();
  return (
    <PathDialog
      title={text.plan.saveAsTitle}
      kind="new-file"
      action={text.plan.saveNow}
      start={path}
      onClose={onClose}
      onPath={async (to) => showPlan(await core.plans.saveAs({ path, to }))}
    />
  );
}

interface PathDialogProps {
  readonly title: string;
  readonly kind: 'file' | 'new-file';
  readonly action: string;
  readonly start: string;
  readonly onClose: () => void;
  readonly onPath: (path: string) => Promise<void>;
}

function PathDialog({ title, kind, action, start, onClose, onPath }: PathDialogProps): ReactNode {
  const [path, setPath] = useState(start);
  const [error, setError] = useState<unknown>(null);
  const submit = (): void => {
    onPath(path.trim()).then(onClose, setError);
  };
  const wire = error === null ? null : errorOnScreen(error);
  return (
    <Dialog open onClose={onClose} slotProps={{ paper: { 'aria-label': title } }}>
      <form
        className="plan-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <h2>{title}</h2>
        <PathField
          autoFocus
          label={text.plan.list.openPath}
          value={path}
          onChange={setPath}
          request={{ kind, title, extensions: PLAN_ENDINGS }}
          hint={text.plan.list.openHint}
          error={wire === null ? null : `${wire.message} ${wire.remedy ?? ''}`}
        />
        <div className="row dialog-actions">
          <Button variant="text" onClick={onClose}>
            {text.everywhere.cancel}
          </Button>
          <Button variant="contained" type="submit" disabled={path.trim() === ''}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
