import type { Desk } from '../../../app/desk/desk.ts';
import { latest } from '../../../app/desk/latest.ts';
import { workspaceStatusOf } from '../../../app/desk/workspace-status.ts';

const EVERY_MS = 1000;

/** Calls back when the number of runs that are alive becomes another one. */
export function watchRuns(desk: Desk, changed: (alive: number) => void): void {
  const source = {
    // A vault or a ledger that cannot be read is said by the status bar; here it means that nothing is known to run.
    read: () =>
      workspaceStatusOf(desk).then(
        ({ runsAlive }) => runsAlive,
        () => 0,
      ),
    subscribe: (listener: () => void) => desk.changes.subscribe(listener),
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
