import type { Held, Locks } from '../../src-main/ports/lock.ts';

/** Locks of one process. Who waits gets the lock in turn, or null after `timeoutMs`. */
export class MemoryLocks implements Locks {
  readonly #tails = new Map<string, Promise<void>>();

  async acquire(path: string, timeoutMs: number): Promise<Held | null> {
    const before = this.#tails.get(path) ?? Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tails.set(
      path,
      before.then(() => promise),
    );
    const { promise: late, resolve: giveUp } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => giveUp(false), timeoutMs);
    const taken = await Promise.race([before.then(() => true), late]);
    clearTimeout(timer);
    if (taken) return { path, [Symbol.dispose]: resolve };
    resolve();
    return null;
  }
}
