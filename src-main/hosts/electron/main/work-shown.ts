import { powerSaveBlocker, type BrowserWindow } from 'electron';

/** Beyond 1 Electron shows that something is under way, without saying how far. */
const UNKNOWN = 2;
const NONE = -1;

/** What is under way in the core. */
export interface Work {
  readonly runs: number;
  readonly deliveries: number;
}

const NO_WORK: Work = { runs: 0, deliveries: 0 };

/** What the system is told of exports and deliveries: a progress bar on the window's icon, and no sleep until they are done. */
export class WorkShown {
  #blocker: number | null = null;
  #work = NO_WORK;
  #progress: number | null = null;

  get work(): Work {
    return this.#work;
  }

  get isNone(): boolean {
    return this.#work.runs === 0 && this.#work.deliveries === 0;
  }

  /** So much is under way now. */
  set(work: Work, window: BrowserWindow): void {
    this.#work = work;
    // A page says how far the runs are; of a delivery the icon tells only that there is one.
    if (work.runs === 0) this.#progress = null;
    if (!this.isNone && this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (this.isNone && this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
    this.#draw(window);
  }

  /** Nothing is under way any more. */
  clear(window: BrowserWindow): void {
    this.set(NO_WORK, window);
  }

  /** A page says how far it is; null: it cannot say. */
  setProgress(value: number | null, window: BrowserWindow): void {
    this.#progress = value;
    this.#draw(window);
  }

  #draw(window: BrowserWindow): void {
    if (window.isDestroyed()) return;
    window.setProgressBar(this.isNone ? NONE : (this.#progress ?? UNKNOWN));
  }
}
