import { useQueryClient } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import type { LedgerStatus } from '../../../src-shared/contract/evidence.ts';
import { firstBadEntry } from '../../components/evidence/broken-words.ts';
import { EntryList } from '../../components/evidence/entry-list.tsx';
import { FindingsTable } from '../../components/evidence/findings-table.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { useAnswer, useCore } from '../../rpc/core-context.tsx';
import { usePaged } from '../../rpc/use-paged.ts';
import { useOffer } from '../../state/commands.ts';
import { showError } from '../../state/notices.ts';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { BundleDialog } from './bundle-dialog.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { LedgerBanner } from './ledger-banner.tsx';
import { useBundleDialog } from './ledger-dialog.ts';
import { useLedgerFilter } from './ledger-filter.ts';

/** The audit ledger of this home: how it stands, and every entry. Nothing in it can be changed. */
export function LedgerScreen(): ReactNode {
  const {
    data: status,
    error,
    refetch,
  } = useAnswer(['ledger', 'status'], (core, signal) => core.ledger.status({}, { signal }));
  const verify = useVerify();
  useLedgerCommands(verify);
  if (status?.state === 'absent') return <EmptyState title={text.ledger.absent}>{text.ledger.absentHint}</EmptyState>;
  return (
    <>
      {status !== undefined ? (
        <LedgerBanner status={status} onVerify={verify} />
      ) : error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <div className="banner">
          <LoadingState what={text.ledger.verifying} />
        </div>
      )}
      <Findings status={status} />
      <Entries status={status} />
      <BundleDialog />
    </>
  );
}

function useVerify(): () => Promise<void> {
  const core = useCore();
  const client = useQueryClient();
  return useMemo(
    () => async () => {
      try {
        client.setQueryData(['ledger', 'status'], await core.ledger.status({ fresh: true }));
      } catch (error) {
        showError(error);
      }
    },
    [core, client],
  );
}

function useLedgerCommands(verify: () => Promise<void>): void {
  const show = useBundleDialog((state) => state.show);
  useOffer(
    useMemo(
      () => [
        {
          id: 'ledger-verify',
          title: text.shell.actionIn(text.shell.sections.ledger, text.ledger.verify),
          run: () => void verify(),
        },
        { id: 'ledger-bundle', title: text.ledger.bundle.title, run: () => show(true) },
      ],
      [verify, show],
    ),
  );
}

/** Only where it is broken: that no anchor covers it stands in the banner. */
function Findings({ status }: { readonly status: LedgerStatus | undefined }): ReactNode {
  const { ledgerEntry, chooseLedgerEntry } = useWorkbench();
  if (status?.result?.verdict !== 'BROKEN') return null;
  return (
    <FindingsTable
      findings={status.result.findings}
      chosen={({ seq }) => seq !== undefined && seq === ledgerEntry}
      onChoose={({ seq }) => seq !== undefined && chooseLedgerEntry(seq)}
    />
  );
}

function Entries({ status }: { readonly status: LedgerStatus | undefined }): ReactNode {
  const { ledgerEntry, chooseLedgerEntry } = useWorkbench();
  const filter = useLedgerFilter((state) => state.filter);
  const source = usePaged(['ledger', 'page', filter], (core, part, signal) =>
    core.ledger.page({ ...part, filter }, { signal }),
  );
  if (source.error !== null && source.size === null) {
    return status === undefined || status.folder === null ? null : <ErrorState error={source.error} />;
  }
  const brokenFrom = status === undefined || status.result === null ? null : firstBadEntry(status.result);
  return (
    <div className="row grow" style={{ alignItems: 'stretch', gap: 0 }}>
      <EntryList
        source={source}
        chosen={ledgerEntry}
        onChoose={chooseLedgerEntry}
        brokenFrom={brokenFrom}
        narrow={ledgerEntry !== null}
      />
      {ledgerEntry === null ? null : <EntryDrawer seq={ledgerEntry} onClose={() => chooseLedgerEntry(null)} />}
    </div>
  );
}
