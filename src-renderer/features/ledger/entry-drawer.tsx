import IconButton from '@mui/material/IconButton';
import { useState, type ReactNode } from 'react';
import type { EntryDetail } from '../../../src-shared/contract/evidence.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { EntryDetailParts } from '../../components/evidence/entry-drawer.tsx';
import { CloseIcon, RunIcon } from '../../components/icons.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { useAnswer } from '../../rpc/core-context.tsx';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';

const words = text.evidence.entry;

/** The chosen entry beside the list; it follows as the list is moved in. */
export function EntryDrawer({ seq, onClose }: { readonly seq: number; readonly onClose: () => void }): ReactNode {
  const { data, error } = useAnswer(['ledger', 'entry', seq], (core, signal) => core.ledger.entry({ seq }, { signal }));
  const [last, setLast] = useState(data);
  if (data !== undefined && data !== last) setLast(data);
  // The entry before stays, dimmed, until the next one is there: moving through the list does not flicker.
  const shown = data ?? last;
  const title = words.title(formatCount(seq));
  return (
    <aside className="drawer" aria-label={title}>
      <SectionHead
        title={<span className="figures">{title}</span>}
        actions={
          <>
            {data === undefined ? null : <OpenRun detail={data} />}
            <IconButton aria-label={words.close} title={words.close} onClick={onClose}>
              <CloseIcon size={14} />
            </IconButton>
          </>
        }
      >
        <span className="second ellipsis">{data?.type}</span>
      </SectionHead>
      {error !== null ? (
        <ErrorState error={error} />
      ) : shown === undefined ? (
        <LoadingState what={text.ledger.reading} />
      ) : (
        <EntryDetailParts key={shown.seq} detail={shown} stale={data === undefined} />
      )}
    </aside>
  );
}

function OpenRun({ detail: { run } }: { readonly detail: EntryDetail }): ReactNode {
  const { chooseRun, openTab, showSection } = useWorkbench();
  if (run === null) return null;
  return (
    <IconButton
      aria-label={words.openRun}
      title={words.openRun}
      onClick={() => {
        chooseRun(run);
        showSection('runs');
        openTab({ kind: 'runs', id: '', title: text.shell.sections.runs });
      }}
    >
      <RunIcon size={14} />
    </IconButton>
  );
}
