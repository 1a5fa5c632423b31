import { RateMeter, timeLeftMs } from './rate-meter.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { TableJob } from './table-job.ts';

const PROGRESS_EVERY_MS = 200;

/** How far one table has come, told now and then, whoever of its readers is at it. */
export class TableProgress {
  readonly #job: TableJob;
  readonly #env: RunEnvironment;
  readonly #meter: RateMeter;
  #rows = 0;
  /** Of those, what an earlier run has read: nobody was ever so quick. */
  #keptRows = 0;
  #bytes = 0;
  #last = 0;

  constructor(job: TableJob, env: RunEnvironment) {
    this.#job = job;
    this.#env = env;
    this.#meter = new RateMeter(env.clock);
  }

  /** What parts of an earlier run hold, before anything is read. */
  keep(rows: number, bytes: number): void {
    this.#rows += rows;
    this.#keptRows += rows;
    this.#bytes += bytes;
    this.#env.onEvent({ type: 'table.kept', table: this.#job.name, rows, bytes });
  }

  /** So many more rows, and bytes before compression. */
  add(rows: number, bytes: number): void {
    this.#rows += rows;
    this.#bytes += bytes;
    const at = this.#env.clock.monotonicMs();
    if (at - this.#last < PROGRESS_EVERY_MS) return;
    this.#last = at;
    const rowsPerSecond = this.#meter.rate(this.#rows - this.#keptRows);
    const etaMs = timeLeftMs(this.#rows, rowsPerSecond, this.#job.estimatedRows);
    const table = this.#job.name;
    this.#env.onEvent({
      type: 'table.progress',
      ...{ table, rows: this.#rows, bytes: this.#bytes, rowsPerSecond, etaMs },
    });
  }
}
