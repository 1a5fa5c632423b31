import { powerSaveBlocker, type BrowserWindow } from 'electron';

/** Beyond 1 Electron shows that something is under way, without saying how far. */
const UNKNOWN = 2;
const NONE = -1;

/** What the system is told of exports: a progress bar on the window's icon, and no sleep until they are done. */
export class WorkShown {
  #blocker: number | null = null;
  #alive = 0;
  #progress: number | null = null;

  get runsAlive(): number {
    return this.#alive;
  }

  /** So many runs are alive now. */
  setRuns(alive: number, window: BrowserWindow): void {
    this.#alive = alive;
    if (alive === 0) this.#progress = null;
    if (alive > 0 && this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (alive === 0 && this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
    this.#draw(window);
  }

  /** A page says how far it is; null: it cannot say. */
  setProgress(value: number | null, window: BrowserWindow): void {
    this.#progress = value;
    this.#draw(window);
  }

  #draw(window: BrowserWindow): void {
    if (window.isDestroyed()) return;
    window.setProgressBar(this.#alive === 0 ? NONE : (this.#progress ?? UNKNOWN));
  }
}
