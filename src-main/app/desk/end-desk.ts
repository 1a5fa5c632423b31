import type { Desk } from './desk.ts';

/** How long runs and deliveries may take to end; one that takes longer is recorded as interrupted at the next start. */
const WORK_MS = 1500;
/** How long a server may take to say goodbye. */
const SESSIONS_MS = 300;

/** Ends what lives while windows are open: work is cancelled and that written down, then sessions are closed. Soon, whatever hangs. */
export async function endDesk({ runs, deliveries, sessions }: Desk): Promise<void> {
  await atMost(WORK_MS, Promise.all([runs.end(), deliveries.end()]));
  await atMost(SESSIONS_MS, sessions.close());
}

async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  // What fails here fails for nobody: the program ends.
  await Promise.race([work.catch(() => undefined), promise]);
  clearTimeout(timer);
}
