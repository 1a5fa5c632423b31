import { join } from 'node:path';
import type { RunSummary } from '../../../../src-shared/contract/runs.ts';
import type { Core } from '../../core.ts';
import { logFailure } from '../../log-failure.ts';
import { readRun } from '../../run-records.ts';
import { storedSummary } from './stored-run.ts';

const LOOK_EVERY_MS = 2000;
const RUN_ID = /^[0-9A-Z]{26}$/;

interface Shelved {
  readonly modifiedMs: number;
  readonly size: number;
  readonly summary: RunSummary;
}

/** The records of a home's runs. One that has ended is read once, and again only when its file is another one. */
export class RunShelf {
  readonly #core: Core;
  readonly #known = new Map<string, Shelved>();
  readonly #watchers = new Set<() => void>();
  #timer: NodeJS.Timeout | null = null;
  #seen: string | null = null;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Newest first. */
  async list(): Promise<RunSummary[]> {
    const entries = (await this.#core.store.read.list(this.#core.home.runsFolder)) ?? [];
    const names = entries.filter(({ name, kind }) => kind === 'folder' && RUN_ID.test(name)).map(({ name }) => name);
    const found: RunSummary[] = [];
    // A ULID sorts by time.
    for (const run of names.sort().reverse()) {
      const summary = await this.#summary(run);
      if (summary !== null) found.push(summary);
    }
    return found;
  }

  /** Looks now and then whether another process changed something, for as long as somebody wants to know. */
  watch(changed: () => void): () => void {
    // Each watcher of its own, also where two give the same function.
    const watcher = (): void => changed();
    this.#watchers.add(watcher);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY_MS).unref();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0 || this.#timer === null) return;
      clearInterval(this.#timer);
      this.#timer = null;
    };
  }

  /** A folder without a record is no run. */
  async #summary(run: string): Promise<RunSummary | null> {
    const file = await this.#core.store.read.stat(join(this.#core.home.runFolder(run), 'state.json'));
    if (file === null) return null;
    const { modifiedMs, size } = file;
    const known = this.#known.get(run);
    // One that runs may have died since, which its file does not say.
    if (known?.modifiedMs === modifiedMs && known.size === size && known.summary.state !== 'running') {
      return known.summary;
    }
    const summary = await storedSummary(this.#core, await readRun(this.#core, run));
    this.#known.set(run, { modifiedMs, size, summary });
    return summary;
  }

  async #look(): Promise<void> {
    try {
      const now = JSON.stringify(await this.list());
      const isNew = this.#seen !== null && this.#seen !== now;
      this.#seen = now;
      if (isNew) for (const watcher of this.#watchers) watcher();
    } catch (error) {
      logFailure(this.#core, 'runs.list', error);
    }
  }
}
