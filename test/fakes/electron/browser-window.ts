import type { BrowserWindow as RealWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { WebContents } from './web-contents.ts';

type Doubled =
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'hide'
  | 'isDestroyed'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'minimize'
  | 'restore'
  | 'setProgressBar'
  | 'show';

/** A window without a screen. */
export class BrowserWindow extends EventEmitter implements Pick<RealWindow, Doubled> {
  readonly webContents: WebContents;
  readonly options: BrowserWindowConstructorOptions;
  progress = -1;
  bounds: Rectangle;
  readonly #state = { visible: false, maximized: false, minimized: false, destroyed: false };

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    this.options = options;
    const { x = 100, y = 100, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    this.webContents = new WebContents(options.webPreferences?.preload ?? '');
    app.windows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    const loaded = this.webContents.loadURL(url);
    setImmediate(() => this.emit('ready-to-show'));
    return loaded;
  }

  show(): void {
    this.#state.visible = true;
  }
  hide(): void {
    this.#state.visible = false;
  }
  focus(): void {
    this.emit('focus');
  }
  isVisible(): boolean {
    return this.#state.visible;
  }
  maximize(): void {
    this.#state.maximized = true;
  }
  isMaximized(): boolean {
    return this.#state.maximized;
  }
  minimize(): void {
    this.#state.minimized = true;
  }
  restore(): void {
    this.#state.minimized = false;
  }
  isMinimized(): boolean {
    return this.#state.minimized;
  }
  isDestroyed(): boolean {
    return this.#state.destroyed;
  }
  getNormalBounds(): Rectangle {
    return this.bounds;
  }
  setProgressBar(progress: number): void {
    if (this.#state.destroyed) throw new TypeError('Object has been destroyed');
    this.progress = progress;
  }

  /** For tests: the person presses the window's cross. */
  close(): void {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (!prevented) this.destroy();
  }

  destroy(): void {
    this.#state.destroyed = true;
    app.windows.delete(this);
    this.emit('closed');
    if (app.windows.size === 0) app.emit('window-all-closed');
  }
}
