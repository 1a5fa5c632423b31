import type { ReactNode } from 'react';
import type { WorkspaceStatus } from '../../src-shared/contract/app.ts';
import { formatCount } from '../../src-shared/util/format-number.ts';
import { BadIcon, CheckIcon, LockIcon } from '../components/icons.tsx';
import { ConnectionDot } from '../components/marks.tsx';
import { useAnswer, useFacts } from '../rpc/core-context.tsx';
import { useWorkbench } from '../state/workbench.ts';
import { text } from '../text/text.ts';

/** The line at the foot: which connection, how it is protected, where secrets are, how the ledger stands. */
export function StatusBar({ status }: { readonly status: WorkspaceStatus | null }): ReactNode {
  const { throwAway } = useFacts();
  return (
    <footer className="status-bar">
      <ConnectionFacts />
      {throwAway ? <span className="tone-warn">{text.shell.status.throwAway}</span> : null}
      <span className="spring" />
      {status === null ? null : (
        <>
          <span>{secretsText(status)}</span>
          <LedgerFacts ledger={status.ledger} />
        </>
      )}
    </footer>
  );
}

function ConnectionFacts(): ReactNode {
  const name = useWorkbench((state) => state.connection);
  const { data } = useAnswer(['connections', 'list'], (core, signal) => core.connections.list(undefined, { signal }));
  const connection = data?.find((one) => one.name === name);
  if (connection === undefined) return <span>{text.shell.status.noConnection}</span>;
  const { tunnel } = connection;
  const place = tunnel === null ? connection.place : text.connections.placeThrough(connection.place, tunnel.place);
  return (
    <>
      <span>
        <ConnectionDot color={connection.color} />
        <span className="strong">{connection.name}</span>
      </span>
      <span title={place} style={{ maxWidth: 420, minWidth: 0 }}>
        <span className="ellipsis">{place}</span>
      </span>
      <span>
        <LockIcon size={12} />
        {text.shell.status.readOnly}
      </span>
    </>
  );
}

function secretsText({ vault }: WorkspaceStatus): string {
  return vault.title === null ? text.shell.status.noSecrets : text.shell.status.secretsIn(vault.title);
}

function LedgerFacts({ ledger }: { readonly ledger: WorkspaceStatus['ledger'] }): ReactNode {
  if (ledger.state === 'absent') return <span>{text.shell.status.ledgerAbsent}</span>;
  if (ledger.state === 'broken') {
    return (
      <span className="tone-bad" title={ledger.why}>
        <BadIcon size={12} />
        {text.shell.status.ledgerBroken}
      </span>
    );
  }
  return (
    <span className="figures">
      <CheckIcon size={12} className="tone-ok" />
      {text.shell.status.ledger(formatCount(ledger.size))}
    </span>
  );
}
