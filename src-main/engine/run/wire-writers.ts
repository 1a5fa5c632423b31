import type { WireWriter } from '../../ports/kernel.ts';
import type { TableJob } from './table-job.ts';

/**
 * The job with wire writers that are used again, part after part, as long as the table is being read. Each holds megabytes that the
 * collector counts and comes upon late: left to it, those of a table in many parts make it look through the whole heap.
 */
export class WireWriters {
  readonly job: TableJob;
  readonly #free: WireWriter[] = [];
  #isOver = false;

  constructor(job: TableJob) {
    this.job = {
      ...job,
      openWireWriter: () => this.#free.pop() ?? job.openWireWriter(),
      closeWireWriter: (writer) => {
        if (!this.#isOver) this.#free.push(writer);
      },
    };
  }

  /** No part of the table comes any more. */
  drop(): void {
    this.#isOver = true;
    this.#free.length = 0;
  }
}
