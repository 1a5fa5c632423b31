import Dialog from '@mui/material/Dialog';
import type { ReactNode } from 'react';
import { KeyHint } from '../components/marks.tsx';
import { printedKeys, useCommands } from '../state/commands.ts';
import { useWorkbench } from '../state/workbench.ts';
import { text } from '../text/text.ts';

/** The keys of all actions that are there now. */
export function KeysDialog(): ReactNode {
  const dialog = useWorkbench((state) => state.dialog);
  const openDialog = useWorkbench((state) => state.openDialog);
  const commands = useCommands((state) => state.commands);
  const withKeys = commands.filter(({ keys }) => keys !== undefined);
  return (
    <Dialog
      open={dialog?.kind === 'keys'}
      onClose={() => openDialog(null)}
      slotProps={{ paper: { 'aria-label': text.shell.keysTitle } }}
    >
      <div className="section-head">
        <h2>{text.shell.keysTitle}</h2>
      </div>
      <dl className="facts" style={{ padding: 16, gridTemplateColumns: '1fr auto', minWidth: 360 }}>
        {withKeys.map(({ id, title, keys = '' }) => (
          <div key={id} style={{ display: 'contents' }}>
            <dt style={{ color: 'inherit' }}>{title}</dt>
            <dd>
              <KeyHint>{printedKeys(keys)}</KeyHint>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
