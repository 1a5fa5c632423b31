import Button from '@mui/material/Button';
import { useRef, type ReactNode } from 'react';
import type { SecretsStatus, VaultState } from '../../../src-shared/contract/secrets.ts';
import { formatTimeOfDay } from '../../../src-shared/util/format-moment.ts';
import { KeyIcon, RefreshIcon, CheckIcon } from '../../components/icons.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { PlaceState } from '../../forms/secret-place-form.tsx';
import { placeTitle } from '../../forms/secret-places.ts';
import { useAnswer } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';
import { ChangePlace } from './change-place.tsx';
import { HeldSecrets } from './held-secrets.tsx';
import { PageHead } from './page-head.tsx';

const { secrets: words } = text;

/** The truth about storage: which place holds the secrets, what protects it, and a test made just now. */
export function SecretsPage(): ReactNode {
  const { data, error, refetch, isFetching } = useAnswer(['secrets', 'status'], (core, signal) =>
    core.secrets.status(undefined, { signal }),
  );
  const side = useRef<HTMLDivElement>(null);
  const change = (): void => side.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus();
  return (
    <>
      <PageHead title={words.title} what={words.what} />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState what={words.testing} />
      ) : (
        <div className="settings-split">
          <div className="column grow scroll">
            <InUse status={data} isTesting={isFetching} onTest={() => void refetch()} onChange={change} />
            <HeldSecrets held={data.held} />
          </div>
          <div className="settings-side" ref={side}>
            <ChangePlace key={`${String(data.chosen)} ${data.passphraseVault}`} status={data} />
          </div>
        </div>
      )}
    </>
  );
}

function InUse({
  status,
  isTesting,
  onTest,
  onChange,
}: {
  readonly status: SecretsStatus;
  readonly isTesting: boolean;
  readonly onTest: () => void;
  readonly onChange: () => void;
}): ReactNode {
  const place = status.backends.find(({ backend }) => backend === status.chosen);
  if (place === undefined) return <EmptyState title={words.noneChosen}>{words.noneChosenHint}</EmptyState>;
  return (
    <>
      <div className="storage-truth">
        <div className="row">
          <KeyIcon className="second" />
          <span className="storage-title ellipsis" title={place.title}>
            {placeTitle(place)}
          </span>
          <PlaceState place={place} testedAt={formatTimeOfDay(place.testedAt)} />
          <span className="push row">
            <Button variant="outlined" disabled={isTesting} onClick={onTest}>
              <RefreshIcon size={14} />
              {words.testNow}
            </Button>
            <Button variant="outlined" onClick={onChange}>
              {words.change}
            </Button>
          </span>
        </div>
        <dl className="facts" style={{ marginTop: 12 }}>
          <dt>{words.protectedBy}</dt>
          <dd>{place.protection}</dd>
        </dl>
        {place.why === null ? null : <p className="tone-warn">{place.why}</p>}
      </div>
      <TestSteps place={place} />
    </>
  );
}

function TestSteps({ place: { steps, testedAt } }: { readonly place: VaultState }): ReactNode {
  if (steps === null) return null;
  const total = steps.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <>
      <SectionHead title={words.lastTest}>
        <span className="faint figures">
          {formatTimeOfDay(testedAt)} · {words.ms(total.toFixed(0))}
        </span>
      </SectionHead>
      <table className="plain" aria-label={words.lastTest}>
        <tbody>
          {steps.map(({ step, ms }) => (
            <tr key={step}>
              <td>
                <span className="status">
                  <CheckIcon size={14} className="tone-ok" />
                  {words.steps[step]}
                </span>
              </td>
              <td className="right figures second" style={{ width: 96 }}>
                {words.ms(ms.toFixed(ms < 10 ? 1 : 0))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
