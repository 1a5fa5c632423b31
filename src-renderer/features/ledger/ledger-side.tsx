import Button from '@mui/material/Button';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { copyText } from '../../components/copy-text.ts';
import { EntryFacets } from '../../components/evidence/entry-facets.tsx';
import { AuditIcon, CheckIcon, CopyIcon } from '../../components/icons.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useAnswer, useCore } from '../../rpc/core-context.tsx';
import { useOffer } from '../../state/commands.ts';
import { showError } from '../../state/notices.ts';
import { text } from '../../text/text.ts';
import { useBundleDialog } from './ledger-dialog.ts';
import { useLedgerFilter } from './ledger-filter.ts';

/** The side panel of the ledger: what is listed, and handing it over. */
export function LedgerSide(): ReactNode {
  const { filter, change } = useLedgerFilter();
  const { data: facets, error } = useAnswer(['ledger', 'facets'], (core, signal) =>
    core.ledger.facets(undefined, { signal }),
  );
  return (
    <>
      <div className="side-head">{text.shell.sections.ledger}</div>
      {error === null ? (
        <EntryFacets facets={facets} filter={filter} onChange={change} />
      ) : (
        <EmptyState title={text.ledger.absent} />
      )}
      {facets === undefined ? null : <HandOver />}
    </>
  );
}

const COPY_COMMAND = text.shell.actionIn(text.shell.sections.ledger, text.ledger.copyCheckpoint);

function HandOver(): ReactNode {
  const core = useCore();
  const show = useBundleDialog((state) => state.show);
  const [copied, setCopied] = useState(false);
  const copy = useCallback((): void => {
    const copied = async (): Promise<void> => {
      copyText((await core.ledger.checkpoint()).checkpoint);
      setCopied(true);
    };
    void copied().catch(showError);
  }, [core]);
  useOffer(useMemo(() => [{ id: 'ledger-checkpoint', title: COPY_COMMAND, run: copy }], [copy]));
  return (
    <div className="side-foot" style={{ marginTop: 'auto', padding: 8, display: 'grid', gap: 4 }}>
      <Button variant="outlined" fullWidth onClick={() => show(true)}>
        <AuditIcon size={14} />
        {text.ledger.handOver}
      </Button>
      <Button
        variant="outlined"
        fullWidth
        title={text.ledger.checkpointHint}
        onClick={copy}
        onBlur={() => setCopied(false)}
      >
        {copied ? <CheckIcon size={14} className="tone-ok" /> : <CopyIcon size={14} />}
        {text.ledger.copyCheckpoint}
      </Button>
      <span className="visually-hidden" role="status">
        {copied ? text.ledger.checkpointCopied : ''}
      </span>
    </div>
  );
}
