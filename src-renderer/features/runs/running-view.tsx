import type { ReactNode } from 'react';
import type { RunDetail } from '../../../src-shared/contract/runs.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { formatRoughDuration } from '../../../src-shared/util/format-rough-duration.ts';
import { formatShortCount } from '../../../src-shared/util/format-short-count.ts';
import { SectionHead } from '../../components/section-head.tsx';
import { Slip, type SlipBox } from '../../components/slip.tsx';
import { afterReading, isAllWritten } from '../../components/run-moving.ts';
import { DeliveryLines } from '../../components/delivery-lines.tsx';
import { text } from '../../text/text.ts';
import { CopyEvents, EventsList } from './events-list.tsx';
import { LoadLine } from './load-line.tsx';
import { TablesGrid } from './tables-grid.tsx';
import { ThroughputChart } from './throughput-chart.tsx';

/** A run that is alive: figures, tables, throughput, what happens. */
export function RunningView({ run }: { readonly run: RunDetail }): ReactNode {
  const failed = run.tableList.filter(({ verdict }) => verdict === 'incomplete').length;
  const finished = run.tableList.filter(({ state }) => state === 'finished').length;
  return (
    <>
      <Slip className="under-head moving" label={text.runs.slip} boxes={boxesOf(run)} />
      {run.here ? <LoadLine run={run} /> : null}
      <SectionHead title={text.runs.tables}>
        <span className="second figures">{text.runs.checkedOf(formatCount(finished), formatCount(run.tables))}</span>
        {failed === 0 ? null : <span className="tone-bad figures">{text.runs.failedCount(failed)}</span>}
      </SectionHead>
      <TablesGrid tables={run.tableList} />
      {run.deliveries.some(({ state }) => state !== 'pending') ? <DeliveryLines deliveries={run.deliveries} /> : null}
      {run.here ? <Throughput run={run} /> : null}
      <SectionHead over title={text.runs.events} actions={<CopyEvents events={run.events} />} />
      <EventsList events={run.events} />
    </>
  );
}

function Throughput({ run }: { readonly run: RunDetail }): ReactNode {
  const { totals, throughput } = run;
  const isWritten = isAllWritten(run.tableList);
  // While it waited or was paused nobody wanted anything read; what it keeps of an earlier run it did not read.
  const seconds = Math.max(1, (totals.elapsedMs - totals.stillMs) / 1000);
  const mean = text.runs.meanRows(
    formatShortCount(Math.round((totals.rows - totals.keptRows) / seconds)),
    formatBytes(Math.round((totals.bytes - totals.keptBytes) / seconds)),
  );
  return (
    <>
      <SectionHead over title={text.runs.throughput}>
        {isWritten || run.paused !== null ? null : (
          <span className="second figures">{text.runs.rowsNow(formatShortCount(totals.rowsPerSecond))}</span>
        )}
        <span className="faint figures ellipsis">{mean}</span>
      </SectionHead>
      <ThroughputChart throughput={throughput} />
    </>
  );
}

function boxesOf({ totals, snapshot, here, paused, tableList, deliveries }: RunDetail): readonly SlipBox[] {
  const { rows, expectedRows, exact, bytes, rowsPerSecond, etaMs, elapsedMs } = totals;
  const isWritten = isAllWritten(tableList);
  const certainty = exact ? text.everywhere.exact : text.everywhere.estimate;
  return [
    {
      label: text.runs.rows,
      share: 2.4,
      fact: (
        <>
          {formatCount(rows)}
          {expectedRows === null ? null : <small>{`${text.runs.of(formatCount(expectedRows))} ${certainty}`}</small>}
        </>
      ),
    },
    { label: text.runs.written, fact: formatBytes(bytes) },
    {
      label: text.runs.rate,
      share: 1.1,
      fact: here && !isWritten && paused === null ? text.runs.rowsPerSecond(formatShortCount(rowsPerSecond)) : '',
    },
    {
      label: text.runs.timeLeft,
      share: 1.7,
      fact:
        // Rows tell how long reading takes, and nothing of what comes after it.
        isWritten ? (
          <small>{afterReading(deliveries)}</small>
        ) : paused !== null ? (
          <small>{text.runs.pause.timeLeft}</small>
        ) : etaMs === null ? (
          <small>{text.everywhere.unknown}</small>
        ) : (
          <>
            {text.runs.about(formatRoughDuration(etaMs))}
            <small>{text.everywhere.estimate}</small>
          </>
        ),
    },
    { label: text.runs.elapsed, share: 0.7, fact: here ? formatDuration(elapsedMs) : '' },
    {
      label: text.runs.snapshot,
      share: 1.4,
      fact: (
        <span className="data ellipsis" title={snapshot ?? undefined}>
          {snapshot ?? ''}
        </span>
      ),
    },
  ];
}
