/** The least of 1, 2, 5 × 10ⁿ that is not below: an axis that people can read. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}

/** Where guides are drawn, from zero up to an end that people can read: no two of them are written alike. */
export function countTicks(most: number): readonly [number, ...number[]] {
  // Nothing was counted yet: any other end would speak of a rate that nobody has seen.
  if (most <= 0) return [0];
  const high = Math.max(2, niceCeiling(most));
  // Half of 5 is no count.
  return high % 2 === 0 ? [0, high / 2, high] : [0, high];
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

/** Seconds of a run to write under the line: four at most, none at its very ends. */
export function timeTicks(from: number, to: number): readonly number[] {
  const step = STEPS.find((seconds) => (to - from) / seconds <= 5) ?? 600;
  const ticks: number[] = [];
  for (let at = Math.ceil((from + 1) / step) * step; at < to; at += step) ticks.push(at);
  return ticks;
}
