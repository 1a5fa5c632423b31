import { join } from 'node:path';
import type { PastRun, RunSummary } from '../../../../src-shared/contract/runs.ts';
import { isAlive } from '../../../../src-shared/model/run-state.ts';
import type { Core } from '../../core.ts';
import { inBatches } from '../../in-batches.ts';
import { logFailure } from '../../log-failure.ts';
import { readRun } from '../../run-records.ts';
import { pastRun } from './stored-run.ts';

const LOOK_EVERY_MS = 2000;
const RUN_ID = /^[0-9A-Z]{26}$/;

interface Shelved {
  readonly modifiedMs: number;
  readonly size: number;
  readonly past: PastRun;
  readonly summary: RunSummary;
  readonly isOver: boolean;
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
    return (await this.#all()).map(({ summary }) => summary);
  }

  /** The runs of one plan with what each came to, newest first. */
  async history(plan: string): Promise<PastRun[]> {
    return (await this.#all()).flatMap(({ past }) => (past.plan === plan ? [past] : []));
  }

  async #all(): Promise<Shelved[]> {
    const entries = (await this.#core.store.read.list(this.#core.home.runsFolder)) ?? [];
    const names = entries.filter(({ name, kind }) => kind === 'folder' && RUN_ID.test(name)).map(({ name }) => name);
    // A ULID sorts by time.
    return await inBatches(names.sort().reverse(), (run) => this.#shelved(run));
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
  async #shelved(run: string): Promise<Shelved | null> {
    const file = await this.#core.store.read.stat(join(this.#core.home.runFolder(run), 'state.json'));
    if (file === null) return null;
    const { modifiedMs, size } = file;
    const known = this.#known.get(run);
    // One that runs may have died since, which its file does not say.
    if (known?.modifiedMs === modifiedMs && known.size === size && known.isOver) {
      return known;
    }
    const facts = await readRun(this.#core, run);
    const past = await pastRun(this.#core, facts);
    const { volume: _volume, resumes: _resumes, ...summary } = past;
    const shelved = { modifiedMs, size, past, summary, isOver: !isAlive(facts) };
    this.#known.set(run, shelved);
    return shelved;
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
