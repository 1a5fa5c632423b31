/** The least of 1, 2, 5 × 10ⁿ that is not below: an axis that people can read. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

/** Seconds of a run to write under the line: four at most, none at its very ends. */
export function timeTicks(from: number, to: number): readonly number[] {
  const step = STEPS.find((seconds) => (to - from) / seconds <= 5) ?? 600;
  const ticks: number[] = [];
  for (let at = Math.ceil((from + 1) / step) * step; at < to; at += step) ticks.push(at);
  return ticks;
}
