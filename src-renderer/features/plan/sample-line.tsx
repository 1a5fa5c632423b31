import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import type { ReactNode } from 'react';
import { CloseIcon, InfoIcon } from '../../components/icons.tsx';
import { KeyHint } from '../../components/marks.tsx';
import { useAnswer, useSettings } from '../../rpc/core-context.tsx';
import { newConnectionKeys, printedKeys } from '../../state/commands.ts';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import type { PlanEditorState } from './plan-editor.ts';

const HINT = 'sample';

/** What the sample is, until it is put away or a connection of one's own is there. */
export function SampleLine({ editor }: { readonly editor: PlanEditorState | null }): ReactNode {
  const { settings, change } = useSettings();
  const openDialog = useWorkbench((state) => state.openDialog);
  const { data } = useAnswer(['connections', 'list'], (core, signal) => core.connections.list(undefined, { signal }));
  const isOver = settings.dismissed.includes(HINT) || data?.some(({ sample }) => !sample) === true;
  if (editor?.connection?.sample !== true || isOver) return null;
  return (
    <div className="note accent">
      <InfoIcon className="tone-accent" />
      <span className="ellipsis" title={text.plan.sample.line}>
        {text.plan.sample.line}
      </span>
      <span className="push row sample-actions">
        <Button variant="outlined" sx={{ height: 24 }} onClick={() => openDialog({ kind: 'connection', name: null })}>
          {text.plan.sample.connect}
          <KeyHint>{printedKeys(newConnectionKeys())}</KeyHint>
        </Button>
        <IconButton
          aria-label={text.everywhere.dismiss}
          onClick={() => void change({ dismissed: [...settings.dismissed, HINT] })}
        >
          <CloseIcon size={14} />
        </IconButton>
      </span>
    </div>
  );
}
