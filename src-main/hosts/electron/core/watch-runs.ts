import type { Desk } from '../../../app/desk/desk.ts';
import { latest } from '../../../app/desk/latest.ts';

const EVERY_MS = 1000;

/** Calls back when the number of runs that are alive becomes another one, whatever else of the home can be read. */
export function watchRuns(
  { runs, changes }: { readonly runs: Pick<Desk['runs'], 'alive'>; readonly changes: Desk['changes'] },
  changed: (alive: number) => void,
): void {
  const source = {
    read: () => runs.alive,
    subscribe: (listener: () => void) => changes.subscribe(listener),
  };
  void follow(latest(source, { intervalMs: EVERY_MS, signal: undefined }), changed);
}

async function follow(values: AsyncIterable<number>, changed: (alive: number) => void): Promise<void> {
  let before = 0;
  for await (const alive of values) {
    if (alive !== before) changed(alive);
    before = alive;
  }
}
