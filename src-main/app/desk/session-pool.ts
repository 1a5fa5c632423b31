import type { Core } from '../core.ts';
import { connectionRecordOf, openConnection, type OpenConnection } from '../connections.ts';

/** How long a session waits for its next use. */
const IDLE_MS = 60_000;

interface Idle {
  readonly open: OpenConnection;
  readonly timer: NodeJS.Timeout;
}

/**
 * Sessions kept warm between the looks of a person who edits a plan. None is in a transaction while it waits, and none
 * waits longer than a minute. One that failed in any way is never used again.
 */
export class SessionPool {
  readonly #core: Core;
  readonly #idle = new Map<string, Idle[]>();
  readonly #idleMs: number;

  constructor(core: Core, idleMs = IDLE_MS) {
    this.#core = core;
    this.#idleMs = idleMs;
  }

  /** How many sessions wait. */
  get waiting(): number {
    return [...this.#idle.values()].flat().length;
  }

  async use<T>(
    connection: string,
    how: { readonly signal: AbortSignal; readonly statementTimeoutMs: number },
    work: (open: OpenConnection) => Promise<T>,
  ): Promise<T> {
    // A connection that was changed or removed since has another record, so its sessions are not found any more.
    const record = await connectionRecordOf(this.#core, connection);
    const key = JSON.stringify([connection, record, how.statementTimeoutMs]);
    const open = this.#take(key) ?? (await openConnection(this.#core, connection, how));
    try {
      const result = await work(open);
      this.#keep(key, open);
      return result;
    } catch (error) {
      // Why it failed is to be known, and not that it could not say goodbye either.
      await Promise.resolve(open[Symbol.asyncDispose]()).catch(() => undefined);
      throw error;
    }
  }

  /** Closes what waits. */
  async close(): Promise<void> {
    const waiting = [...this.#idle.values()].flat();
    this.#idle.clear();
    for (const { open, timer } of waiting) {
      clearTimeout(timer);
      await open[Symbol.asyncDispose]();
    }
  }

  #take(key: string): OpenConnection | undefined {
    const found = this.#idle.get(key)?.pop();
    clearTimeout(found?.timer);
    return found?.open;
  }

  #keep(key: string, open: OpenConnection): void {
    const timer = setTimeout(() => this.#drop(key, open), this.#idleMs);
    timer.unref();
    this.#idle.set(key, [...(this.#idle.get(key) ?? []), { open, timer }]);
  }

  #drop(key: string, open: OpenConnection): void {
    const left = (this.#idle.get(key) ?? []).filter((idle) => idle.open !== open);
    if (left.length > 0) this.#idle.set(key, left);
    else this.#idle.delete(key);
    // It waited for nobody: that it cannot be closed in order harms nobody either.
    void Promise.resolve(open[Symbol.asyncDispose]()).catch(() => undefined);
  }
}
