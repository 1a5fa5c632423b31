import type { ReactNode } from 'react';
import type { RunDetail } from '../../../src-shared/contract/runs.ts';
import { formatShortCount } from '../../../src-shared/util/format-short-count.ts';
import { useWidth } from '../../components/use-width.ts';
import { text } from '../../text/text.ts';
import { countTicks, timeTicks } from './chart-scale.ts';

const HEIGHT = 124;
const LEFT = 52;
const FOOT = 20;
const TOP = 8;
const LEAST_SECONDS = 10;

/** Rows per second over the time of the run, as one line. */
export function ThroughputChart({
  throughput: { from, values },
}: {
  readonly throughput: RunDetail['throughput'];
}): ReactNode {
  const [box, width] = useWidth();
  const guides = countTicks(Math.max(...values, 0));
  const high = guides.at(-1) || 1;
  const seconds = Math.max(values.length, LEAST_SECONDS);
  const x = (index: number): number => LEFT + ((width - LEFT) * (index + 0.5)) / seconds;
  const y = (rows: number): number => TOP + (HEIGHT - TOP - FOOT) * (1 - rows / high);
  const line = values.map((rows, index) => `${x(index).toFixed(1)},${y(rows).toFixed(1)}`).join(' ');
  return (
    <div ref={box} className="chart">
      <svg role="img" aria-label={text.runs.chart(formatShortCount(values.at(-1) ?? 0))}>
        {guides.map((rows) => (
          <g key={rows}>
            <line className="guide" x1={LEFT} x2={width} y1={y(rows)} y2={y(rows)} />
            <text x={LEFT - 8} y={y(rows) + 4} textAnchor="end">
              {formatShortCount(rows)}
            </text>
          </g>
        ))}
        {timeTicks(from, from + seconds).map((at) => (
          <text key={at} x={x(at - from - 0.5)} y={HEIGHT - 4} textAnchor="middle">
            {clockOf(at)}
          </text>
        ))}
        <polyline className="line" points={line} />
      </svg>
    </div>
  );
}

function clockOf(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
