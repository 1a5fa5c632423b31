import type { FileWriter, Store } from '../../src-main/ports/store.ts';
import { writeError } from '../../src-main/store/errors.ts';

export type StoreCall =
  | 'create'
  | 'openAppend'
  | 'write'
  | 'sync'
  | 'truncate'
  | 'replace'
  | 'renameNew'
  | 'copyNew'
  | 'remove'
  | 'makeFolder'
  | 'widen';

/**
 * `ENOSPC`, `EIO`: the call fails and has no effect. `short`: a write leaves its first half behind and fails for want of
 * space. `kill-before`, `kill-after`: the process dies before or after the call takes effect; every later call fails too.
 */
export type Fault = 'ENOSPC' | 'EIO' | 'short' | 'kill-before' | 'kill-after';

export interface FaultPlan {
  readonly fault: Fault;
  /** Counted from 1 over the calls that `on` selects. */
  readonly nth: number;
  /** Which calls count; all of them by default. */
  readonly on?: (call: StoreCall, path: string) => boolean;
  /** The fault stays: every selected call from the nth on fails. */
  readonly lasting?: boolean;
}

/** The process died here; nothing after it ran. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export interface FaultStore extends Store {
  /** Calls that counted so far. */
  readonly calls: number;
  /** Whether the fault was met. */
  readonly hit: boolean;
}

/** A store that fails as planned and otherwise does what `inner` does. Reading never fails, except after a kill. */
export function createFaultStore(inner: Store, plan: FaultPlan): FaultStore {
  const faults = new Faults(plan);
  const wrap = async (call: 'create' | 'openAppend', path: string, open: () => Promise<FileWriter>) =>
    new FaultWriter(await faults.pass(call, path, open), path, faults);
  return {
    get calls() {
      return faults.calls;
    },
    get hit() {
      return faults.hit;
    },
    create: (path, how) => wrap('create', path, () => inner.create(path, how)),
    openAppend: (path) => wrap('openAppend', path, () => inner.openAppend(path)),
    replace: (path, bytes) => faults.pass('replace', path, () => inner.replace(path, bytes)),
    renameNew: (from, to) => faults.pass('renameNew', to, () => inner.renameNew(from, to)),
    makeFolder: (path) => faults.pass('makeFolder', path, () => inner.makeFolder(path)),
    remove: (path) => faults.pass('remove', path, () => inner.remove(path)),
    widen: (path, mode) => faults.pass('widen', path, () => inner.widen(path, mode)),
    read: inner.read,
  };
}

class Faults {
  readonly #plan: FaultPlan;
  #dead = false;
  calls = 0;
  hit = false;

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  async pass<T>(call: StoreCall, path: string, work: () => Promise<T>, half?: () => Promise<void>): Promise<T> {
    if (this.#dead) throw new Killed();
    if (!this.#isDue(call, path)) return await work();
    this.hit = true;
    const { fault } = this.#plan;
    if (fault === 'kill-before') throw this.#kill();
    if (fault === 'kill-after') {
      const opened: unknown = await work();
      // The kernel closes what a dead process had open.
      if (isFileWriter(opened)) await opened.close();
      throw this.#kill();
    }
    if (fault === 'short') await half?.();
    const code = fault === 'EIO' ? 'EIO' : 'ENOSPC';
    throw writeError(Object.assign(new Error(`${code}: injected`), { code }), path);
  }

  #isDue(call: StoreCall, path: string): boolean {
    if (!(this.#plan.on?.(call, path) ?? true)) return false;
    this.calls += 1;
    return this.#plan.lasting ? this.calls >= this.#plan.nth : this.calls === this.#plan.nth;
  }

  #kill(): Killed {
    this.#dead = true;
    return new Killed();
  }
}

function isFileWriter(value: unknown): value is FileWriter {
  return typeof value === 'object' && value !== null && 'close' in value;
}

class FaultWriter implements FileWriter {
  readonly #inner: FileWriter;
  readonly #path: string;
  readonly #faults: Faults;

  constructor(inner: FileWriter, path: string, faults: Faults) {
    this.#inner = inner;
    this.#path = path;
    this.#faults = faults;
  }

  get size(): number {
    return this.#inner.size;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const half = () => this.#inner.write(bytes.subarray(0, bytes.length >>> 1));
    await this.#faults.pass('write', this.#path, () => this.#inner.write(bytes), half);
  }

  flushEarly(): Promise<number> {
    return this.#inner.flushEarly();
  }

  async sync(): Promise<void> {
    await this.#faults.pass('sync', this.#path, () => this.#inner.sync());
  }

  async truncate(size: number): Promise<void> {
    await this.#faults.pass('truncate', this.#path, () => this.#inner.truncate(size));
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
