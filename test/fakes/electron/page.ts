import type { ContextBridge, IpcRenderer, WebUtils } from 'electron';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { strictly } from './strictly.ts';

/** How a page reaches the main process. */
export interface PageWire {
  readonly send: (channel: string, args: readonly unknown[]) => void;
  readonly invoke: (channel: string, args: readonly unknown[]) => Promise<unknown>;
}

type Listener = (event: { data: unknown; ports: readonly MessagePort[]; source: unknown }) => void;

/** The window of a page, as far as the bridge and the page's transport use it. */
export class PageWindow {
  readonly #listeners = new Set<Listener>();

  addEventListener(_type: 'message', listener: Listener): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'message', listener: Listener): void {
    this.#listeners.delete(listener);
  }

  postMessage(data: unknown, _targetOrigin: string, ports: readonly MessagePort[] = []): void {
    for (const listener of [...this.#listeners]) listener({ data, ports, source: this });
  }
}

/** A page with its preload script, run as the sandbox runs it: one file, and a `require` that knows electron alone. */
export class Page {
  readonly window = new PageWindow();
  readonly #fromMain = new EventEmitter();

  constructor(preload: string, wire: PageWire) {
    const { window } = this;
    const require = (name: string): object => {
      if (name !== 'electron') throw new Error(`module not found: ${name}`);
      return rendererSide({ window, wire, fromMain: this.#fromMain });
    };
    // The preload script as text, since a sandboxed one is no module.
    // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
    const run = new Function('require', 'window', readFileSync(preload, 'utf8')) as (...given: unknown[]) => void;
    run(require, window);
  }

  /** Something from the main process arrives. */
  receive(channel: string, args: readonly unknown[], ports: readonly MessagePort[] = []): void {
    this.#fromMain.emit(channel, { ports }, ...args);
  }
}

interface RendererParts {
  readonly window: PageWindow;
  readonly wire: PageWire;
  readonly fromMain: EventEmitter;
}

function rendererSide({ window, wire, fromMain }: RendererParts): object {
  const contextBridge: Pick<ContextBridge, 'exposeInMainWorld'> = {
    exposeInMainWorld: (name: string, api: unknown) =>
      Object.defineProperty(window, name, { value: api, enumerable: true }),
  };
  const ipcRenderer = {
    send: (channel: string, ...args: unknown[]) => wire.send(channel, structuredClone(args)),
    invoke: (channel: string, ...args: unknown[]) => wire.invoke(channel, structuredClone(args)),
    on: (channel: string, listener: (...given: unknown[]) => void) => fromMain.on(channel, listener),
    off: (channel: string, listener: (...given: unknown[]) => void) => fromMain.off(channel, listener),
  } satisfies Record<'send' | 'invoke' | 'on' | 'off', unknown> & Pick<IpcRenderer, 'send' | 'invoke'>;
  const webUtils: Pick<WebUtils, 'getPathForFile'> = {
    getPathForFile: (file) => ('path' in file && typeof file.path === 'string' ? file.path : ''),
  };
  return strictly('(in a page)', {
    contextBridge: strictly('contextBridge', contextBridge),
    ipcRenderer: strictly('ipcRenderer', ipcRenderer),
    webUtils: strictly('webUtils', webUtils),
  });
}
