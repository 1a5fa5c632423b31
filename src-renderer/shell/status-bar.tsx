import type { ReactNode } from 'react';
import type { WorkspaceStatus } from '../../src-shared/contract/app.ts';
import type { ConnectionFacts, MetSession } from '../../src-shared/contract/connections.ts';
import { formatCount } from '../../src-shared/util/format-number.ts';
import { isLocalHost } from '../../src-shared/util/local-host.ts';
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
  const session = useMetSession(name);
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
      <ReadOnlyFact session={session} />
      {session === null ? null : <TlsFacts session={session} connection={connection} />}
    </>
  );
}

/** Waybill writes nothing in any case; whether the server would refuse it is known once it was met. */
function ReadOnlyFact({ session }: { readonly session: MetSession | null }): ReactNode {
  const isOurs = session?.readOnly === 'not enforced by the server';
  return (
    <span className={isOurs ? 'tone-warn' : ''}>
      <LockIcon size={12} />
      {isOurs ? text.shell.status.readOnlyOurs : text.shell.status.readOnly}
    </span>
  );
}

/** How the server was met when the tree was read; null: it was not yet, and nobody is asked for the foot's sake. */
function useMetSession(name: string | null): MetSession | null {
  const { data } = useAnswer(
    ['catalog', 'summary', name ?? ''],
    (core, signal) => core.catalog.summary({ connection: name ?? '' }, { signal }),
    { enabled: false, large: true },
  );
  return data?.session ?? null;
}

function TlsFacts({
  session: { tls },
  connection: { options },
}: {
  readonly session: MetSession;
  readonly connection: ConnectionFacts;
}): ReactNode {
  const words = text.shell.status;
  // A file is read without a wire, and what goes over the wire of this machine alone is no cause to warn.
  if (options['file'] !== undefined) return null;
  if (tls === null) {
    const place = options['host'] ?? options['socket'];
    return <span className={typeof place === 'string' && isLocalHost(place) ? '' : 'tone-warn'}>{words.noTls}</span>;
  }
  return (
    <span className={tls.verified ? '' : 'tone-warn'} title={tls.cipher}>
      {tls.verified ? words.tlsVerified(tls.version) : words.tlsUnverified(tls.version)}
    </span>
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
