import type { Desk } from '../../../app/desk/desk.ts';
import { latest } from '../../../app/desk/latest.ts';

const EVERY_MS = 1000;

/** What a machine must stay awake for, and what is asked about before it is stopped. */
export interface Work {
  /** Runs that are alive, their own deliveries included. */
  readonly runs: number;
  /** Deliveries of finished packages that are under way. */
  readonly deliveries: number;
}

interface Watched {
  readonly runs: Pick<Desk['runs'], 'alive'>;
  readonly deliveries: Pick<Desk['deliveries'], 'alive'>;
  readonly changes: Desk['changes'];
}

/** Calls back when what is under way becomes something else, whatever else of the home can be read. */
export function watchWork({ runs, deliveries, changes }: Watched, changed: (work: Work) => void): void {
  const source = {
    read: (): Work => ({ runs: runs.alive, deliveries: deliveries.alive }),
    subscribe: (listener: () => void) => changes.subscribe(listener),
  };
  void follow(latest(source, { intervalMs: EVERY_MS, signal: undefined }), changed);
}

async function follow(values: AsyncIterable<Work>, changed: (work: Work) => void): Promise<void> {
  let before: Work = { runs: 0, deliveries: 0 };
  for await (const work of values) {
    if (work.runs !== before.runs || work.deliveries !== before.deliveries) changed(work);
    before = work;
  }
}
