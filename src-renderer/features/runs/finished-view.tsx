import type { ReactNode } from 'react';
import type { RunDetail } from '../../../src-shared/contract/runs.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { formatMoment } from '../../../src-shared/util/format-moment.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { DeliveryLines } from '../../components/delivery-lines.tsx';
import { CheckIcon, MaskIcon } from '../../components/icons.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { Slip, type SlipBox } from '../../components/slip.tsx';
import { DeliveryJobLines, useDeliveriesOf } from '../../forms/delivery-jobs.tsx';
import { text } from '../../text/text.ts';
import { CheckPanel } from './check-panel.tsx';
import { CountsGrid } from './counts-grid.tsx';
import { PackagePanel } from './package-panel.tsx';
import { VerdictHead } from './verdict-head.tsx';

/** A run that has ended: verdict first, then what it rests on. */
export function FinishedView({ run }: { readonly run: RunDetail }): ReactNode {
  const jobs = useDeliveriesOf(run.package);
  const sent = [...run.deliveries, ...jobs].filter(({ state }) => state === 'sent' || state === 'confirmed');
  return (
    <>
      <VerdictHead run={run} />
      <Slip
        className="under-head"
        label={text.runs.slip}
        boxes={boxesOf(run, [...new Set(sent.map((one) => one.target))])}
      />
      <DeliveryLines deliveries={run.deliveries} />
      <DeliveryJobLines jobs={jobs} />
      <SectionHead title={text.runs.counts}>
        <span className="second ellipsis">{text.runs.countsHint}</span>
      </SectionHead>
      <CountsGrid tables={run.tableList} />
      <div className="run-foot">
        <PackagePanel key={run.package ?? ''} run={run} />
        <CheckPanel run={run} />
      </div>
    </>
  );
}

function boxesOf(run: RunDetail, sentTo: readonly string[]): readonly SlipBox[] {
  const { totals, masked, ended, started, state } = run;
  const when = formatMoment(started);
  // Nobody knows how far it came, nor when it stopped.
  const wasCut = state === 'interrupted';
  const unknown = <small>{text.everywhere.unknown}</small>;
  return [
    { label: text.runs.started, share: 1.5, fact: when },
    {
      label: text.runs.took,
      share: 0.7,
      fact: ended === null || wasCut ? unknown : formatDuration(totals.elapsedMs),
    },
    { label: text.runs.rows, share: 0.9, fact: wasCut ? unknown : formatCount(totals.rows) },
    { label: text.runs.size, share: 0.8, fact: wasCut ? unknown : formatBytes(totals.bytes) },
    {
      label: text.runs.masked,
      share: 1.15,
      fact:
        masked === null ? (
          unknown
        ) : (
          <>
            <MaskIcon size={14} className={masked === 0 ? 'faint' : 'tone-mask'} />
            {text.runs.maskedColumns(masked)}
          </>
        ),
    },
    { label: text.runs.from, fact: <span className="ellipsis">{run.connection}</span> },
    {
      label: text.runs.delivered,
      share: 1.4,
      fact:
        sentTo.length === 0 ? (
          <small>{text.runs.nowhere}</small>
        ) : (
          <>
            <CheckIcon size={14} className="tone-ok" />
            <span className="ellipsis" title={sentTo.join(', ')}>
              {sentTo.join(', ')}
            </span>
          </>
        ),
    },
  ];
}
