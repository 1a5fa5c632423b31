import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.ts';
import type { PieceSize } from '../../ports/connector.ts';
import { cancelled } from './cancelled.ts';

/** In a second; 0: no limit. */
export interface Rates {
  readonly rowsPerSecond: number;
  readonly bytesPerSecond: number;
}

/** What goes out at once, and what may be made up for after a wait: together a burst of a tenth of a second. */
const PIECE_S = 0.05;
const CREDIT_MS = 50;
/** Shorter waits cost more than they hold back; they add up to one that is worth it. */
const SHORTEST_MS = 2;
/** A timer takes no more than about 24 days. */
const LONGEST_MS = 3_600_000;

/** Holds rows and bytes to their rates, for all tables of a run together. */
export class Throttle {
  readonly pieces: PieceSize;
  readonly #rates: Rates;
  readonly #clock: Clock;
  /** Until when what has gone out takes at these rates; before the first: null. */
  #rowsUntil: number | null = null;
  #bytesUntil: number | null = null;

  private constructor(rates: Rates, clock: Clock) {
    this.#rates = rates;
    this.#clock = clock;
    const most = (rate: number): number => (rate === 0 ? Infinity : Math.max(1, Math.floor(rate * PIECE_S)));
    this.pieces = { rows: most(rates.rowsPerSecond), bytes: most(rates.bytesPerSecond) };
  }

  /** null: nothing is limited, and nothing is to be asked. */
  static of(rates: Rates, clock: Clock): Throttle | null {
    return rates.rowsPerSecond === 0 && rates.bytesPerSecond === 0 ? null : new Throttle(rates, clock);
  }

  /** Call after this much went out: settles when more may. Rejects with `RUN/CANCELLED` as soon as `signal` aborts. */
  async spend({ rows, bytes }: PieceSize, signal: AbortSignal): Promise<void> {
    const now = this.#clock.monotonicMs();
    this.#rowsUntil = later(this.#rowsUntil, now, costMs(rows, this.#rates.rowsPerSecond));
    this.#bytesUntil = later(this.#bytesUntil, now, costMs(bytes, this.#rates.bytesPerSecond));
    await this.#waitUntil(Math.max(this.#rowsUntil, this.#bytesUntil), signal);
  }

  async #waitUntil(until: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      if (signal.aborted) throw cancelled();
      const left = until - this.#clock.monotonicMs();
      if (left < SHORTEST_MS) return;
      try {
        await sleep(Math.min(left, LONGEST_MS), undefined, { signal });
      } catch {
        throw cancelled();
      }
    }
  }
}

function later(until: number | null, now: number, costsMs: number): number {
  return (until === null ? now : Math.max(until, now - CREDIT_MS)) + costsMs;
}

function costMs(amount: number, rate: number): number {
  return rate === 0 ? 0 : (amount * 1000) / rate;
}
