import type { App } from 'electron';
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Doubled = 'enableSandbox' | 'getPath' | 'isReady' | 'quit' | 'requestSingleInstanceLock' | 'setPath' | 'whenReady';

/** The application. Tests set what they need before the product's code is loaded. */
class DoubledApp extends EventEmitter implements Pick<App, Doubled> {
  /** Windows that are open. */
  readonly windows = new Set<{ close(): void }>();
  isPackaged = false;
  /** For tests: another instance is running. */
  isSecond = false;
  sandboxed = false;
  hasQuit = false;
  readonly #paths: Record<string, string> = { appData: join(tmpdir(), 'unset'), documents: tmpdir() };
  #ready = false;
  #whenReady: Promise<void> | null = null;

  isReady(): boolean {
    return this.#ready;
  }

  whenReady(): Promise<void> {
    this.#whenReady ??= new Promise((resolve) =>
      setImmediate(() => {
        this.#ready = true;
        resolve();
      }),
    );
    return this.#whenReady;
  }

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  }

  requestSingleInstanceLock(): boolean {
    return !this.isSecond;
  }

  getPath(name: string): string {
    const path = this.#paths[name];
    if (path === undefined) throw new Error(`The Electron double knows no folder ${name}.`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths[name] = path;
  }

  /** As Electron does it: everybody may object first, then each window. */
  quit(): void {
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (prevented || this.hasQuit) return;
    for (const window of [...this.windows]) window.close();
    if (this.windows.size > 0) return;
    this.hasQuit = true;
    this.emit('quit');
  }
}

export const app = new DoubledApp();
