/**
 * Mutual exclusion that the kernel releases when its holder dies; never a pid file. Held by a transaction on a small
 * SQLite file, so that it works the same on every system.
 */
export interface Locks {
  /** Waits up to `timeoutMs`; null when somebody else holds it for all that time. */
  acquire(path: string, timeoutMs: number): Promise<Held | null>;
}

export interface Held extends Disposable {
  readonly path: string;
}
