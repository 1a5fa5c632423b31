import { ChartsReferenceLine } from '@mui/x-charts/ChartsReferenceLine';
import { LineChart, type MarkElementProps } from '@mui/x-charts/LineChart';
import { useCallback, useMemo, type ReactNode } from 'react';
import type { PastRun } from '../../../src-shared/contract/runs.ts';
import { formatClock, formatDay, formatMoment } from '../../../src-shared/util/format-moment.ts';
import { useWidth } from '../../components/use-width.ts';
import { text } from '../../text/text.ts';
import { datedPlaces, type RunKind } from './kinds.ts';
import { ticksOf, type Measure } from './measures.ts';
import { MarkShape } from './run-dot.tsx';

const HEIGHT = 88;
const DATES = 26;
const AXIS = 72;
/** More than these, and dots would make a band of the line. */
const DOTS = 120;
const DATE_WIDTH = 96;
const TIME = ' 00:00:00'.length;
const MARGIN = { left: 0, right: 40, top: 8, bottom: 8 };
const X = 'runs';
const QUIET = { trigger: 'none' } as const;
const SLOTS = { mark: RunDot };
const GRID = { horizontal: true };

export interface MeasureChartProps {
  readonly measure: Measure;
  /** Oldest first. */
  readonly runs: readonly PastRun[];
  readonly kinds: readonly RunKind[];
  /** Place of the run that is pointed at or chosen. */
  readonly shown: number;
  /** The dates stand under the last chart, for all of them. */
  readonly isLast: boolean;
  readonly onPoint: (place: number | null) => void;
  readonly onChoose: (place: number) => void;
}

/** One measure over the runs: a line through those that are alike and whole, a mark of its own for each of the others. */
export function MeasureChart(props: MeasureChartProps): ReactNode {
  const { measure, runs, kinds, shown, isLast, onPoint, onChoose } = props;
  const [box, width] = useWidth();
  const values = useMemo(() => runs.map(measure.of), [runs, measure]);
  const series = useSeries(values, kinds);
  const axes = useAxes({ measure, runs, values, dates: isLast ? Math.floor((width - AXIS) / DATE_WIDTH) : 0 });
  const highlighted = useMemo(() => [{ axisId: X, dataIndex: shown }], [shown]);
  const point = useCallback(
    (items: readonly { readonly dataIndex: number }[]) => onPoint(items[0]?.dataIndex ?? null),
    [onPoint],
  );
  return (
    <div
      ref={box}
      role="img"
      aria-label={spoken(measure, values)}
      className="measure-chart"
      style={{ height: HEIGHT + (isLast ? DATES : 0) }}
      onMouseLeave={() => onPoint(null)}
    >
      <LineChart
        {...axes}
        series={series}
        slots={SLOTS}
        slotProps={{ tooltip: QUIET }}
        height={HEIGHT + (isLast ? DATES : 0)}
        width={width}
        margin={MARGIN}
        grid={GRID}
        hideLegend
        skipAnimation
        disableKeyboardNavigation
        disableLineItemHighlight={runs.length <= DOTS}
        highlightedAxis={highlighted}
        onHighlightedAxisChange={point}
        onAxisClick={(_, data) => data !== null && onChoose(data.dataIndex)}
      >
        {values.map((value, place) =>
          value === null ? <ChartsReferenceLine key={runs[place]?.run} x={place} classes={NO_FIGURES} /> : null,
        )}
      </LineChart>
    </div>
  );
}

const NO_FIGURES = { root: 'no-figures' };

function useSeries(values: readonly (number | null)[], kinds: readonly RunKind[]) {
  return useMemo(() => {
    const those = (wanted: RunKind) => values.map((value, at) => (kinds[at] === wanted ? value : null));
    const isDotted = ({ index }: { readonly index: number }): boolean =>
      kinds[index] === 'whole' && values.length <= DOTS;
    const plain = { color: 'var(--accent)', curve: 'linear' } as const;
    return [
      { ...plain, id: 'whole', data: those('whole'), connectNulls: true, showMark: isDotted },
      { ...plain, id: 'other', data: those('other'), showMark: true, disableHighlight: true },
      { ...plain, id: 'open', data: those('open'), showMark: true, disableHighlight: true },
    ];
  }, [values, kinds]);
}

function useAxes({
  measure,
  runs,
  values,
  dates,
}: Pick<MeasureChartProps, 'measure' | 'runs'> & {
  readonly values: readonly (number | null)[];
  readonly dates: number;
}) {
  return useMemo(() => {
    const ticks = ticksOf(measure, values);
    const dated = datedPlaces(runs.length, dates);
    const isDated = (_: unknown, place: number): boolean => dated.has(place);
    return {
      xAxis: [
        {
          ...({ id: X, scaleType: 'point', data: runs.map((_, place) => place), tickInterval: isDated } as const),
          tickLabelInterval: isDated,
          valueFormatter: (place: number) => dateOf(runs[place]?.started ?? '', runs),
          ...(dates > 0 ? { height: DATES } : ({ position: 'none' } as const)),
        },
      ],
      yAxis: [
        {
          ...({ min: 0, max: ticks.at(-1) ?? 1, width: AXIS, domainLimit: 'strict' } as const),
          ...{ tickInterval: [...ticks], valueFormatter: measure.tick, disableLine: true, disableTicks: true },
        },
      ],
    };
  }, [measure, runs, values, dates]);
}

/** The day; of runs of one day, the time. */
function dateOf(started: string, runs: readonly PastRun[]): string {
  const isOneDay = formatDay(runs[0]?.started ?? '') === formatDay(runs.at(-1)?.started ?? '');
  return isOneDay ? formatClock(started, new Date(started)) : formatMoment(started).slice(0, -TIME);
}

function RunDot({ seriesId, x, y, isHighlighted }: MarkElementProps): ReactNode {
  return <MarkShape kind={seriesId as RunKind} x={Number(x)} y={Number(y)} large={isHighlighted ?? false} />; // series are named by their kind
}

function spoken({ id, words }: Measure, values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const title = text.history.measures[id];
  if (known.length === 0) return text.history.spokenNothing(title);
  return text.history.spoken(title, words(Math.min(...known)), words(Math.max(...known)));
}
