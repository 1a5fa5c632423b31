import type { Clock } from '../../ports/clock.ts';

const WINDOW_MS = 5000;

/** Rows per second as a mean of the last seconds, and the time left for an estimated total. */
export class RateMeter {
  readonly #clock: Clock;
  readonly #marks: { at: number; rows: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#marks.push({ at: clock.monotonicMs(), rows: 0 });
  }

  /** Rows per second, rounded. */
  rate(rows: number): number {
    const at = this.#clock.monotonicMs();
    this.#marks.push({ at, rows });
    while (this.#marks.length > 2 && at - (this.#marks[1]?.at ?? at) >= WINDOW_MS) this.#marks.shift();
    const first = this.#marks[0] ?? { at, rows };
    return at === first.at ? 0 : Math.round(((rows - first.rows) * 1000) / (at - first.at));
  }
}

/** Milliseconds left, or null where nothing can be said. An estimate: the total is one. */
export function timeLeftMs(rows: number, rate: number, estimatedRows: number | null): number | null {
  if (estimatedRows === null || rate <= 0 || estimatedRows < rows) return null;
  return Math.round(((estimatedRows - rows) / rate) * 1000);
}
