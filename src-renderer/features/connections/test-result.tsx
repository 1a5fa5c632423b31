import { useEffect, useRef, type ReactNode } from 'react';
import type { ServerFactsNow } from '../../../src-shared/contract/connections.ts';
import { formatTimeOfDay } from '../../../src-shared/util/format-moment.ts';
import { Status } from '../../components/marks.tsx';
import { isAppError, type AppError } from '../../../src-shared/errors/app-error.ts';
import { fromWireError } from '../../../src-shared/errors/wire.ts';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { HostKeyChanged } from '../../forms/targets/host-key-changed.tsx';
import { HostKeyPanel } from '../../forms/targets/host-key-panel.tsx';
import { text } from '../../text/text.ts';
import { optionErrors } from './option-places.ts';
import { withComparedKey } from './tunnel-draft.ts';
import { isGreen } from './use-test.ts';
import type { ConnectionForm } from './use-connection-form.ts';

const { connections: words } = text;

/** What the last test found. It stays when the form changes, and says that it is older then. */
export function TestResult({ form }: { readonly form: ConnectionForm }): ReactNode {
  const { test, isCurrent } = form;
  const { result } = test;
  const place = useRef<HTMLDivElement>(null);
  // With its sections open the form is longer than the dialog: an answer that nobody sees is none.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [result]);
  if (result.state === 'none') return null;
  if (result.state === 'testing') {
    return (
      <div className="test-result" ref={place}>
        <LoadingState what={words.testing} />
      </div>
    );
  }
  return (
    <div className={isCurrent ? 'test-result' : 'test-result old'} role="status" ref={place}>
      {isCurrent ? null : <span className="old-mark small">{words.old}</span>}
      {result.state === 'failed' ? (
        <Failed form={form} />
      ) : (
        <>
          <div className="row">
            <Status tone={isGreen(result.facts) ? 'ok' : 'warn'}>
              <span className="strong">{isGreen(result.facts) ? words.connected : words.connectedBut}</span>
            </Status>
            <span className="second figures">
              {words.at(result.ms.toFixed(0), formatTimeOfDay(result.facts.testedAt))}
            </span>
          </div>
          <Found facts={result.facts} isNetwork={form.adapter.traits['network'] === true} />
        </>
      )}
    </div>
  );
}

/** Said here whole, unless it stands at its field already. */
function Failed({ form }: { readonly form: ConnectionForm }): ReactNode {
  const { result } = form.test;
  if (result.state !== 'failed') return null;
  const error = fromWireError(result.error);
  if (isAppError(error, 'TUNNEL/HOST_KEY_UNKNOWN') || isAppError(error, 'TUNNEL/JUMP_HOST_KEY_UNKNOWN'))
    return <Compare form={form} error={error} />;
  if (isAppError(error, 'TUNNEL/HOST_KEY_CHANGED')) return <HostKeyChanged error={error} remake={words.pinnedRemake} />;
  if (Object.keys(optionErrors(form)).length === 0) return <ErrorState error={error} />;
  return (
    <div className="row">
      <Status tone="bad">
        <span className="strong">{words.failed}</span>
      </Status>
      <span className="data faint">{result.error.code}</span>
    </div>
  );
}

/** A person compares the key of a server of the tunnel; pinned, it stays in the form, and the test goes on. */
function Compare({ form, error }: { readonly form: ConnectionForm; readonly error: AppError }): ReactNode {
  const { draft, isSaving, replace, runTest } = form;
  return (
    <HostKeyPanel
      // Another key is another decision.
      key={String(error.context['hostKey'])}
      error={error}
      busy={isSaving}
      accept={words.pinTunnel}
      onAccept={() => {
        const next = { ...draft, tunnel: withComparedKey(draft.tunnel, error) };
        replace(next);
        void runTest(next);
      }}
    />
  );
}

interface FoundProps {
  readonly facts: ServerFactsNow;
  /** False: a file of this machine, which has no login, no way to it, and no rights of its own. */
  readonly isNetwork: boolean;
}

function Found({ facts, isNetwork }: FoundProps): ReactNode {
  const { product, version, user, database, readOnly, missingPrivileges, notes } = facts;
  const isEnforced = readOnly === 'enforced by the server';
  return (
    <dl className="facts test-facts">
      <dt>{isNetwork ? words.server : words.library}</dt>
      <dd>
        {product} {version}
      </dd>
      <dt>{words.session}</dt>
      <dd>{isEnforced ? words.readOnly[readOnly] : <Status tone="warn">{words.readOnly[readOnly]}</Status>}</dd>
      <dt>{isNetwork ? words.login : words.file}</dt>
      <dd className={isNetwork ? undefined : 'wide'}>
        {user === '' ? '' : `${user} · `}
        {database}
      </dd>
      {isNetwork ? <Way facts={facts} /> : null}
      {notes.length === 0 ? null : (
        <>
          <dt>{words.restsOn}</dt>
          <dd className="wide">{notes.join('; ')}</dd>
        </>
      )}
      <dt>{words.rights}</dt>
      <dd className="wide">
        {missingPrivileges.length === 0 ? (
          words.allRights
        ) : (
          <ul>
            {missingPrivileges.map((missing) => (
              <li key={missing} className="tone-warn">
                {missing}
              </li>
            ))}
          </ul>
        )}
      </dd>
    </dl>
  );
}

/** What lies between here and the server. */
function Way({ facts: { tls, latencyMs, tunnel } }: Pick<FoundProps, 'facts'>): ReactNode {
  return (
    <>
      <dt>{words.latency}</dt>
      <dd className="figures">{words.ms(latencyMs.toFixed(1))}</dd>
      {tunnel === null ? null : (
        <>
          <dt>{words.through}</dt>
          <dd className="wide">{words.throughKey(tunnel.through, tunnel.hostKey)}</dd>
        </>
      )}
      <dt>{words.tls}</dt>
      <dd className="wide">{tls === null ? words.noTls : <TlsFound tls={tls} />}</dd>
    </>
  );
}

function TlsFound({ tls }: { readonly tls: NonNullable<ServerFactsNow['tls']> }): ReactNode {
  const { version, cipher, verified } = tls;
  return verified ? (
    words.tlsVerified(version, cipher)
  ) : (
    <Status tone="warn">{words.tlsUnverified(version, cipher)}</Status>
  );
}
