import Button from '@mui/material/Button';
import { useMemo, type ReactNode } from 'react';
import { RightIcon } from '../../components/icons.tsx';
import { useOffer } from '../../state/commands.ts';
import { showRun } from '../../state/show-run.ts';
import { text } from '../../text/text.ts';

/** Leads to the chosen run. */
export function OpenRun({ run }: { readonly run: string | null }): ReactNode {
  const open = useMemo(() => (run === null ? null : (): void => showRun(run, text.shell.sections.runs)), [run]);
  useOffer(
    useMemo(() => (open === null ? [] : [{ id: 'history-open-run', title: text.history.openRun, run: open }]), [open]),
  );
  if (open === null) return null;
  return (
    <Button variant="text" sx={{ height: 24 }} onClick={open}>
      <RightIcon size={14} />
      {text.history.openRun}
    </Button>
  );
}
