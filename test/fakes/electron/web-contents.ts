import type { HandlerDetails, WebContents as RealContents, WindowOpenHandlerResponse } from 'electron';
import { EventEmitter } from 'node:events';
import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { ipcMain } from './ipc-main.ts';
import { Page } from './page.ts';
import { rawPorts } from './ports.ts';

/** The outermost frame of a page. */
export class Frame {
  url = 'about:blank';
  readonly #contents: WebContents;

  constructor(contents: WebContents) {
    this.#contents = contents;
  }

  postMessage(channel: string, message: unknown, transfer: readonly object[] = []): void {
    this.#contents.deliver(channel, message, transfer);
  }
}

type Doubled = 'getURL' | 'loadURL' | 'reload' | 'send' | 'setWindowOpenHandler';

/** A page's contents in the main process. */
export class WebContents extends EventEmitter implements Pick<RealContents, Doubled> {
  readonly mainFrame = new Frame(this);
  readonly #preload: string;
  page: Page | null = null;
  #windowOpen: ((details: HandlerDetails) => WindowOpenHandlerResponse) | null = null;

  constructor(preload: string) {
    super();
    this.#preload = preload;
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  loadURL(url: string): Promise<void> {
    this.mainFrame.url = url;
    this.reload();
    return Promise.resolve();
  }

  reload(): void {
    this.page = new Page(this.#preload, {
      send: (channel, args) => ipcMain.arrive(channel, { sender: this, senderFrame: this.mainFrame }, args),
      invoke: (channel, args) => ipcMain.ask(channel, { sender: this, senderFrame: this.mainFrame }, args),
    });
  }

  send(channel: string, ...args: unknown[]): void {
    this.page?.receive(channel, structuredClone(args));
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.#windowOpen = handler;
  }

  /** With a port for the page: the port is the page's from here on. */
  deliver(channel: string, message: unknown, transfer: readonly object[]): void {
    this.page?.receive(channel, [message], rawPorts(transfer).map(moved));
  }

  /** Whether a script's `window.open` opened one. */
  open(url: string): boolean {
    const details = { url, frameName: '', features: '', disposition: 'new-window', referrer: { url: '', policy: '' } };
    if (this.#windowOpen === null) throw new Error('Nobody decides about new windows.');
    return this.#windowOpen(details as unknown as HandlerDetails).action === 'allow';
  }

  /** Whether the page went elsewhere. */
  navigate(url: string, { event = 'will-navigate', isMainFrame = true } = {}): boolean {
    let went = true;
    this.emit(event, { url, isMainFrame, preventDefault: () => (went = false) });
    return went;
  }
}

/** A port as it comes out on the other side of a transfer. */
function moved(port: MessagePort): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(port, [port]);
  const message = receiveNow(port2);
  port1.close();
  return message;
}

function receiveNow(port: MessagePort): MessagePort {
  const received: { message: MessagePort } | undefined = receiveMessageOnPort(port);
  if (received === undefined) throw new Error('The port did not arrive.');
  return received.message;
}
