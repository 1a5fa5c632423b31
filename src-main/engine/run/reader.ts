import { setTimeout as sleep } from 'node:timers/promises';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { Snapshot } from '../../ports/connector.ts';

/** One connection that reads a run. */
export interface Reader {
  readonly snapshot: Snapshot;
  /** Another connection at the same point in time, when this one is gone; it gives null when there is none now. null: never. */
  readonly renew: (() => Promise<Snapshot | null>) | null;
}

/** How often a piece is tried again after its connection was lost, and how long is waited before each. */
export const RETRY_AFTER_MS = [500, 2000, 8000] as const;

/** The connection is gone, and what it read could be read on another one. */
export function isLost(error: unknown): boolean {
  return isAppError(error, 'SOURCE/CONNECTION_LOST') || isAppError(error, 'SOURCE/UNREACHABLE');
}

/** A connection instead of one that was lost, tried for a while; null: none can be had, or nobody waits for it. */
export async function renewed({ renew }: Reader, signal: AbortSignal): Promise<Reader | null> {
  if (renew === null) return null;
  for (const ms of RETRY_AFTER_MS) {
    try {
      await sleep(ms, undefined, { signal });
    } catch {
      return null;
    }
    const snapshot = await renew();
    if (snapshot !== null) return { snapshot, renew };
  }
  return null;
}
