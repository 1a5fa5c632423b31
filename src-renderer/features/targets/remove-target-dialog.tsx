import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useId, type ReactNode } from 'react';
import { DialogFoot } from '../../components/dialog-foot.tsx';
import { useCore } from '../../rpc/core-context.tsx';
import { showError } from '../../state/notices.ts';
import { text } from '../../text/text.ts';

/** Asks before a target and its secrets are removed. */
export function RemoveTargetDialog({
  name,
  onDone,
}: {
  readonly name: string;
  readonly onDone: () => void;
}): ReactNode {
  const core = useCore();
  const id = useId();
  const remove = (): void => {
    void core.targets.remove({ name }).then(onDone, (error: unknown) => {
      showError(error);
      onDone();
    });
  };
  return (
    <Dialog open onClose={onDone} aria-labelledby={id} slotProps={{ paper: { sx: { width: 420 } } }}>
      <div className="column dialog-body" id={id} style={{ overflowWrap: 'anywhere' }}>
        {text.targets.removeWhat(name)}
      </div>
      <DialogFoot onCancel={onDone}>
        <Button variant="contained" color="error" onClick={remove}>
          {text.targets.remove}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
