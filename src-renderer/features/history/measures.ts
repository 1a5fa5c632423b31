import type { PastRun } from '../../../src-shared/contract/runs.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { counted, formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { formatShortCount } from '../../../src-shared/util/format-short-count.ts';

/** What volume and throughput are counted in. */
export type Unit = 'rows' | 'bytes';

/** Something that is drawn over the runs of a plan. */
export interface Measure {
  readonly id: 'duration' | 'volume' | 'throughput';
  /** Null: the record of the run does not tell. */
  readonly of: (run: PastRun) => number | null;
  readonly words: (value: number) => string;
  /** The same beside an axis, shorter. */
  readonly tick: (value: number) => string;
  /** Steps that people can read, rising; an axis has at most three of one. */
  readonly steps: (high: number) => number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const TIMES = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 8, 12, 24, 48, 96].map((hours) => hours * HOUR),
];
const LINES = 3;

const timeStep = (high: number): number => TIMES.find((step) => step * LINES >= high) ?? Math.ceil(high / LINES);

/** 1, 2 or 5 times a power of `base`. */
function stepOf(high: number, base: number): number {
  for (let power = 1; ; power *= base) {
    const found = [1, 2, 5, 10, 20, 50, 100, 200, 500].find(
      (factor) => factor < base && factor * power * LINES >= high,
    );
    if (found !== undefined) return found * power;
  }
}

const countStep = (high: number): number => stepOf(high, 10);
const byteStep = (high: number): number => stepOf(high, 1024);

/** Duration, volume and throughput. */
export function measuresIn(unit: Unit): readonly Measure[] {
  const isRows = unit === 'rows';
  const tick = isRows ? formatShortCount : formatBytes;
  const volume = (value: number): string => (isRows ? counted(value, 'row') : formatBytes(value));
  const perSecond = (value: number): string => `${isRows ? `${formatCount(value)} rows` : formatBytes(value)}/s`;
  const steps = isRows ? countStep : byteStep;
  return [
    {
      id: 'duration',
      of: (run) => run.volume?.elapsedMs ?? null,
      words: formatDuration,
      tick: formatDuration,
      steps: timeStep,
    },
    { id: 'volume', of: (run) => run.volume?.[unit] ?? null, words: volume, tick, steps },
    {
      id: 'throughput',
      of: (run) => run.volume?.[isRows ? 'rowsPerSecond' : 'bytesPerSecond'] ?? null,
      words: perSecond,
      tick: (value) => `${tick(value)}/s`,
      steps,
    },
  ];
}

/** Values to write beside an axis from nothing to the highest value. */
export function ticksOf({ steps }: Pick<Measure, 'steps'>, values: readonly (number | null)[]): readonly number[] {
  const high = Math.max(1, ...values.map((value) => value ?? 0));
  const step = steps(high);
  return Array.from({ length: Math.ceil(high / step) + 1 }, (_, line) => line * step);
}

/** The middle one of what is known; null: nothing is. */
export function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.floor(known.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
