import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { type ReactNode } from 'react';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { copyText } from '../../components/copy-text.ts';
import { CopyIcon } from '../../components/icons.tsx';
import { Status } from '../../components/marks.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { BundleForm } from './bundle-form.tsx';
import { useBundleDialog } from './ledger-dialog.ts';
import { useBundle, type BundleState } from './use-bundle.ts';

const words = text.ledger.bundle;

/** Hands the ledger over: asks for a folder, makes the bundle, says what is in it and what is not. */
export function BundleDialog(): ReactNode {
  const { open, show } = useBundleDialog();
  const bundle = useBundle();
  const close = (): void => {
    bundle.stop();
    show(false);
  };
  return (
    <Dialog open={open} onClose={close} aria-labelledby="bundle-title" fullWidth maxWidth="sm">
      <form
        className="column"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!bundle.busy && bundle.out.trim() !== '') bundle.make();
        }}
      >
        <div className="dialog-head">
          <h2 id="bundle-title">{words.title}</h2>
        </div>
        <div className="column dialog-body scroll">
          <p className="second">{words.what}</p>
          <BundleForm bundle={bundle} />
          {bundle.error === null ? null : <ErrorState error={bundle.error} />}
          <Made bundle={bundle} onDone={close} />
        </div>
        <div className="dialog-foot">
          <span className="push row">
            <Button variant="text" onClick={close}>
              {bundle.busy ? words.stop : text.everywhere.close}
            </Button>
            <Button variant="contained" disabled={bundle.busy || bundle.out.trim() === ''} type="submit">
              {bundle.busy ? words.making : words.make}
            </Button>
          </span>
        </div>
      </form>
    </Dialog>
  );
}

function Made({ bundle: { made }, onDone }: { readonly bundle: BundleState; readonly onDone: () => void }): ReactNode {
  const { openTab, showSection } = useWorkbench();
  if (made === null) return null;
  const look = (): void => {
    showSection('audit');
    openTab({ kind: 'audit', id: made.path, title: made.path.split(/[\\/]/).at(-1) ?? made.path });
    onDone();
  };
  return (
    <div role="status" className="column" style={{ gap: 6 }}>
      <Status tone="ok">{words.done(formatCount(made.entries), formatCount(made.files))}</Status>
      <span className="data" style={{ overflowWrap: 'anywhere' }}>
        {made.path}
      </span>
      <span className="row">
        <Button variant="outlined" onClick={() => copyText(made.path)}>
          <CopyIcon size={14} />
          {words.copyPath}
        </Button>
        <Button variant="outlined" onClick={look}>
          {words.audit}
        </Button>
      </span>
      {made.absent.length === 0 ? null : (
        <>
          <span className="label">{words.absent}</span>
          <ul className="small second scroll" style={{ maxHeight: 120 }}>
            {made.absent.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
