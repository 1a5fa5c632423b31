import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useId, useState, type ReactNode } from 'react';
import type { TargetFacts } from '../../src-shared/contract/targets.ts';
import { DialogFoot } from '../components/dialog-foot.tsx';
import { ErrorState } from '../components/states.tsx';
import { useAnswer, useCore, useForget } from '../rpc/core-context.tsx';
import { text } from '../text/text.ts';
import { DeliverFields, type DeliverWish } from './deliver-fields.tsx';
import { AddTargetDialog } from './targets/add-target-dialog.tsx';

const words = text.targets.deliver;

/** Asks where a package shall go, and begins to send it there. */
export function DeliverDialog({
  folder,
  onDone,
}: {
  /** The package. */
  readonly folder: string;
  readonly onDone: () => void;
}): ReactNode {
  const id = useId();
  const forget = useForget();
  const [isAdding, setAdding] = useState(false);
  const [wish, setWish] = useState<DeliverWish>({ target: '', path: '', incomplete: false });
  return (
    <Dialog open onClose={onDone} aria-labelledby={id} slotProps={{ paper: { sx: { width: 480 } } }}>
      <div className="dialog-head">
        <h2 id={id}>{words.title}</h2>
      </div>
      <DeliverForm folder={folder} typed={wish} onType={setWish} onAdd={() => setAdding(true)} onDone={onDone} />
      {isAdding ? (
        <AddTargetDialog
          onDone={() => setAdding(false)}
          onSaved={(target) => {
            setAdding(false);
            void forget(['targets']).then(() => setWish({ ...wish, target }));
          }}
        />
      ) : null}
    </Dialog>
  );
}

function DeliverForm({
  folder,
  typed,
  onType,
  onAdd,
  onDone,
}: {
  readonly folder: string;
  readonly typed: DeliverWish;
  readonly onType: (wish: DeliverWish) => void;
  readonly onAdd: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const core = useCore();
  const forget = useForget();
  const { data: targets = NONE } = useAnswer(['targets', 'list'], (asked, signal) =>
    asked.targets.list(undefined, { signal }),
  );
  const [error, setError] = useState<unknown>(null);
  const wish = { ...typed, target: meant(typed.target, targets) };
  const lacksTables = folder.endsWith('.incomplete');
  const ready = wish.target !== '' && (!lacksTables || wish.incomplete);
  const send = async (): Promise<void> => {
    try {
      await core.deliveries.send({ package: folder, ...wish });
      await forget(['deliveries']);
      onDone();
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send();
      }}
    >
      <div className="column dialog-body">
        <span className="data second" style={{ overflowWrap: 'anywhere' }}>
          {folder}
        </span>
        <DeliverFields wish={wish} targets={targets} lacksTables={lacksTables} onChange={onType} onAdd={onAdd} />
        {error === null ? null : <ErrorState error={error} />}
      </div>
      <DialogFoot onCancel={onDone}>
        <Button variant="contained" type="submit" disabled={!ready}>
          {words.start}
        </Button>
      </DialogFoot>
    </form>
  );
}

const NONE: readonly TargetFacts[] = [];

/** The chosen target; before one is chosen, the first. */
function meant(chosen: string, targets: readonly TargetFacts[]): string {
  return targets.some(({ name }) => name === chosen) ? chosen : (targets[0]?.name ?? '');
}
