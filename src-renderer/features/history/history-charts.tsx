import { useMemo, useState, type ReactNode } from 'react';
import type { PastRun } from '../../../src-shared/contract/runs.ts';
import { formatMoment } from '../../../src-shared/util/format-moment.ts';
import { text } from '../../text/text.ts';
import { kindOf, usualTables } from './kinds.ts';
import { Legend } from './legend.tsx';
import { measuresIn, medianOf, type Measure, type Unit } from './measures.ts';
import { MeasureChart } from './measure-chart.tsx';

const words = text.history;

/** Duration, volume and throughput of the same runs, one below the other, oldest at the left. */
export function HistoryCharts({
  runs,
  unit,
  at,
  onChoose,
}: {
  /** Newest first. */
  readonly runs: readonly PastRun[];
  readonly unit: Unit;
  /** Place of the chosen run. */
  readonly at: number;
  readonly onChoose: (run: string) => void;
}): ReactNode {
  const [pointed, setPointed] = useState<number | null>(null);
  const rising = useMemo(() => runs.toReversed(), [runs]);
  const usual = usualTables(runs);
  const kinds = useMemo(() => rising.map((run) => kindOf(run, usual)), [rising, usual]);
  const measures = useMemo(() => measuresIn(unit), [unit]);
  const chosen = rising.length - 1 - at;
  const shown = pointed !== null && pointed < rising.length ? pointed : chosen;
  const run = rising[shown];
  return (
    <div className="history-charts">
      <Legend kinds={kinds} unknown={rising.some(({ volume }) => volume === null)} />
      {measures.map((measure, index) => (
        <section key={measure.id} aria-label={words.measures[measure.id]}>
          <div className="chart-title">
            <h2>{words.measures[measure.id]}</h2>
            {run === undefined ? null : <Readout measure={measure} run={run} />}
            <span className="push faint figures no-wrap">{medianWords(measure, rising, kinds)}</span>
          </div>
          <MeasureChart
            measure={measure}
            runs={rising}
            kinds={kinds}
            shown={shown}
            isLast={index === measures.length - 1}
            onPoint={setPointed}
            onChoose={(place) => {
              const found = rising[place];
              if (found !== undefined) onChoose(found.run);
            }}
          />
        </section>
      ))}
    </div>
  );
}

/** The run that is pointed at, or the chosen one. */
function Readout({ measure, run }: { readonly measure: Measure; readonly run: PastRun }): ReactNode {
  const value = measure.of(run);
  return (
    <span className="figures ellipsis">
      <b className="medium">{value === null ? text.everywhere.unknown : measure.words(value)}</b>
      <span className="second"> · {formatMoment(run.started)}</span>
    </span>
  );
}

function medianWords(measure: Measure, runs: readonly PastRun[], kinds: readonly string[]): string {
  const median = medianOf(runs.filter((_, at) => kinds[at] === 'whole').map(measure.of));
  return median === null ? '' : words.median(measure.words(Math.round(median)));
}
