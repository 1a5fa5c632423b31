import IconButton from '@mui/material/IconButton';
import type { ReactNode } from 'react';
import type { DeliveryStateFacts } from '../../src-shared/contract/delivery-state.ts';
import type { DeliveryJob } from '../../src-shared/contract/targets.ts';
import { formatBytes } from '../../src-shared/util/format-number.ts';
import { remedyOnScreen } from '../text/error-on-screen.ts';
import { text } from '../text/text.ts';
import { copyText } from './copy-text.ts';
import { BadIcon, CopyIcon, OkIcon, PendingIcon, StopIcon, WarnIcon, WorkingIcon, type Icon } from './icons.tsx';
import { Bar } from './marks.tsx';

const MARKS: Readonly<Record<DeliveryStateFacts['state'], { readonly icon: Icon; readonly tone: string }>> = {
  pending: { icon: PendingIcon, tone: 'second' },
  sending: { icon: WorkingIcon, tone: 'tone-accent' },
  sent: { icon: OkIcon, tone: 'tone-ok' },
  confirmed: { icon: OkIcon, tone: 'tone-ok' },
  failed: { icon: BadIcon, tone: 'tone-bad' },
  indeterminate: { icon: WarnIcon, tone: 'tone-warn' },
  skipped: { icon: WarnIcon, tone: 'tone-warn' },
};

/** Deliveries, each with where it goes, how far it is and what went wrong. */
export function DeliveryLines({ deliveries }: { readonly deliveries: readonly DeliveryStateFacts[] }): ReactNode {
  return deliveries.map((delivery) => (
    <DeliveryLine key={`${delivery.target}/${delivery.path}`} delivery={delivery} step={null} />
  ));
}

/** One delivery. `onCancel`: null where it cannot be cancelled. */
export function DeliveryLine({
  delivery,
  step,
  onCancel = null,
}: {
  readonly delivery: DeliveryStateFacts;
  readonly step: DeliveryJob['step'];
  readonly onCancel?: (() => void) | null;
}): ReactNode {
  const { target, path, state, uri } = delivery;
  const error =
    delivery.error === null
      ? null
      : { ...delivery.error, remedy: remedyOnScreen(delivery.error.code, delivery.error.remedy) };
  const { icon: StateIcon, tone } = MARKS[state];
  const place = uri ?? path;
  return (
    <div className={error === null ? 'delivery-line' : 'delivery-line failed'}>
      <StateIcon size={14} className={tone} />
      <span className="strong ellipsis" title={target}>
        {target}
      </span>
      <span className={`no-wrap ${tone}`}>{stepText(state, step)}</span>
      <span className="data second ellipsis grow" title={place}>
        {place}
      </span>
      <Amounts delivery={delivery} />
      {onCancel === null ? null : (
        <IconButton aria-label={text.targets.cancel(target)} title={text.everywhere.cancel} onClick={onCancel}>
          <StopIcon size={14} />
        </IconButton>
      )}
      {error === null ? null : (
        <div className="why">
          <span>{error.message}</span>
          {error.remedy === undefined ? null : <span className="second">{error.remedy}</span>}
          <span className="row">
            <span className="data faint">{error.code}</span>
            <IconButton
              aria-label={text.everywhere.copy}
              onClick={() => copyText(`${error.code}: ${error.message}\n→ ${error.remedy ?? ''}`)}
            >
              <CopyIcon size={14} />
            </IconButton>
          </span>
        </div>
      )}
    </div>
  );
}

function stepText(state: DeliveryStateFacts['state'], step: DeliveryJob['step']): string {
  if (step === null) return text.targets.state[state];
  if (step.doing === 'verifying') return text.targets.step.verifying;
  return text.targets.step[step.doing](step.path);
}

function Amounts({ delivery }: { readonly delivery: DeliveryStateFacts }): ReactNode {
  const { target, state, doneBytes, totalBytes } = delivery;
  if (state !== 'sending' || doneBytes === null || totalBytes === null) return null;
  return (
    <>
      <Bar
        value={totalBytes === 0 ? 1 : doneBytes / totalBytes}
        width={96}
        moving
        label={text.targets.progress(target)}
      />
      <span className="figures second no-wrap">{text.targets.of(formatBytes(doneBytes), formatBytes(totalBytes))}</span>
    </>
  );
}
