import { app, dialog, Menu, shell, type BrowserWindow } from 'electron';
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { CHANNELS } from '../bridge/channels.ts';
import type { FromCore } from '../bridge/core-messages.ts';
import { CoreProcess } from './core-process.ts';
import { menuTemplate } from './menu.ts';
import { answerPage } from './page-requests.ts';
import type { Places } from './places.ts';
import { openWindow } from './window.ts';
import { words } from './words.ts';
import { WorkShown } from './work-shown.ts';

export interface DesktopOptions {
  readonly places: Places;
  readonly home: string | null;
  readonly passphrase: SecretText | null;
}

/** The open application: its window, the core behind it, and the way out. */
export class Desktop {
  readonly #window: BrowserWindow;
  readonly #core: CoreProcess;
  readonly #work = new WorkShown();
  #isLeaving = false;
  #isAsking = false;

  constructor({ places, home, passphrase }: DesktopOptions) {
    const { documents, node } = places;
    this.#core = new CoreProcess(
      places.core,
      () => ({ home, documents, node, passphrase: passphrase?.reveal() ?? null }),
      { onMessage: (message) => this.#hear(message), onLost: () => this.#sayCoreLost() },
    );
    this.#window = openWindow(places.preload);
    answerPage(this.#window, {
      onConnect: (frame) => frame.postMessage(CHANNELS.port, null, [this.#core.connect()]),
      onProgress: (value) => this.#work.setProgress(value, this.#window),
    });
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(menuTemplate((command) => this.#window.webContents.send(CHANNELS.command, command))),
    );
    this.#window.on('close', (event) => {
      if (!this.#isLeaving) event.preventDefault();
      void this.leave();
    });
    this.#window.webContents.on('render-process-gone', () => void this.#sayPageGone());
  }

  /** The core has been told to end: whatever closes now may close. */
  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  /** Brings the window to the front. */
  show(): void {
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** Quits, after asking where an export or a delivery is under way. The core ends before the application does. */
  async leave(): Promise<void> {
    if (this.#isLeaving || this.#isAsking) return;
    this.#isAsking = true;
    const mayLeave = this.#work.isNone || (await this.#confirmLeaving());
    this.#isAsking = false;
    if (!mayLeave) return;
    this.#isLeaving = true;
    this.#window.hide();
    await this.#core.end();
    this.#work.clear(this.#window);
    app.quit();
  }

  async #confirmLeaving(): Promise<boolean> {
    const { message, detail, stay, quit } = words.leave;
    const { response } = await dialog.showMessageBox(this.#window, {
      type: 'question',
      message: message(this.#work.work),
      detail,
      buttons: [stay, quit],
      defaultId: 0,
      cancelId: 0,
    });
    return response === 1;
  }

  #hear(message: FromCore): void {
    if (message.kind === 'work') this.#work.set(message, this.#window);
    // Shown, never opened: a path from a package or a plan must start no program.
    if (message.kind === 'reveal' && isAbsolute(message.path) && existsSync(message.path)) {
      shell.showItemInFolder(message.path);
    }
    if (message.kind === 'failed') void this.#sayCoreFailed(message);
  }

  #sayCoreLost(): void {
    this.#work.clear(this.#window);
    if (!this.#window.isDestroyed()) this.#window.webContents.send(CHANNELS.coreClosed);
  }

  async #sayCoreFailed({ code, message, remedy }: Extract<FromCore, { kind: 'failed' }>): Promise<void> {
    await this.#core.end();
    const { detail, again, quit } = words.coreFailed;
    const { response } = await dialog.showMessageBox(this.#window, {
      type: 'error',
      message: `${code}: ${message}`,
      detail: detail(remedy),
      buttons: [again, quit],
      defaultId: 0,
      cancelId: 1,
    });
    if (response === 0) this.#window.webContents.reload();
    else await this.leave();
  }

  async #sayPageGone(): Promise<void> {
    if (this.#isLeaving) return;
    const { message, detail, reload, quit } = words.pageGone;
    const { response } = await dialog.showMessageBox(this.#window, {
      type: 'warning',
      message,
      detail,
      buttons: [reload, quit],
      defaultId: 0,
      cancelId: 1,
    });
    if (response === 0) this.#window.webContents.reload();
    else await this.leave();
  }
}
