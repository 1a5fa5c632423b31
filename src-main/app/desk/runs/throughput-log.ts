const KEPT_SECONDS = 600;
const MEAN_SECONDS = 5;

export interface Throughput {
  /** The second of the run that the first value is of. */
  readonly from: number;
  readonly values: number[];
}

/** Rows and bytes of each second of a run. */
export class ThroughputLog {
  readonly #rows: number[] = [];
  readonly #bytes: number[] = [];
  #dropped = 0;
  #total = { rows: 0, bytes: 0 };

  /** Seconds that are over. */
  get seconds(): number {
    return this.#dropped + this.#rows.length;
  }

  /** A second is over; `total` is what the run has written until now. A table that failed takes its rows back with it. */
  second(total: { readonly rows: number; readonly bytes: number }): void {
    this.#rows.push(Math.max(0, total.rows - this.#total.rows));
    this.#bytes.push(Math.max(0, total.bytes - this.#total.bytes));
    this.#total = { ...total };
    if (this.#rows.length <= KEPT_SECONDS) return;
    this.#rows.shift();
    this.#bytes.shift();
    this.#dropped += 1;
  }

  /** Mean of the last seconds. */
  get rowsPerSecond(): number {
    return mean(this.#rows.slice(-MEAN_SECONDS));
  }

  get bytesPerSecond(): number {
    return mean(this.#bytes.slice(-MEAN_SECONDS));
  }

  /** The values from this second of the run on, as far as they are kept. */
  since(second: number): Throughput {
    const from = Math.max(second, this.#dropped);
    return { from, values: this.#rows.slice(from - this.#dropped) };
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
}
