import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { ensureBuilt } from '../../../scripts/lib/ensure-built.mjs';
import { ensureDesktop } from '../../../scripts/lib/ensure-desktop.mjs';
import { ensurePages } from '../../../scripts/lib/ensure-pages.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { coreOver, type CoreConnection, type Transport } from '../../../src-renderer/rpc/core-link.ts';
import type { DesktopBridge } from '../../../src-shared/contract/desktop-bridge.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { PASSPHRASE } from '../../e2e/cli/driver.ts';

/** The page's own code, whose types need a page: here it finds the doubled window. */
const PAGE_TRANSPORT = '../../../src-renderer/rpc/electron-transport.ts';

type Bridge = DesktopBridge<object>;

export type Double = Awaited<ReturnType<typeof loadDouble>>;

/** One copy of the double for each start of the desktop. */
async function loadDouble() {
  vi.resetModules();
  return {
    ...(await import('../../fakes/electron/app.ts')),
    ...(await import('../../fakes/electron/ipc-main.ts')),
    ...(await import('../../fakes/electron/browser-window.ts')),
    system: await import('../../fakes/electron/system.ts'),
  };
}

type Prepare = (electron: Double, folder: TempFolder) => void;

/** The built desktop, started in the double: the shell's own bundle, the real core behind it. */
export class OpenDesktop implements AsyncDisposable {
  readonly folder: TempFolder;
  readonly electron: Double;

  private constructor(electron: Double, folder: TempFolder) {
    this.electron = electron;
    this.folder = folder;
  }

  /** `prepare`: what is different on this machine, before the product's code is loaded. */
  static async start(prepare: Prepare = () => undefined, folder = new TempFolder()): Promise<OpenDesktop> {
    await ensureBuilt(projectRoot);
    await ensurePages(projectRoot);
    return OpenDesktop.startFrom(await ensureDesktop(projectRoot), { prepare, folder });
  }

  /** `bundle`: the folder of the shell, in the checkout or out of a package. */
  static async startFrom(
    bundle: string,
    { prepare, folder }: { prepare: Prepare; folder: TempFolder },
  ): Promise<OpenDesktop> {
    const electron = await loadDouble();
    const desktop = new OpenDesktop(electron, folder);
    electron.app.setPath('appData', folder.join('app-data'));
    electron.app.setPath('documents', folder.path);
    vi.stubEnv('WAYBILL_HOME', folder.join('home'));
    vi.stubEnv('WAYBILL_NODE', pinnedNode(projectRoot));
    vi.stubEnv('WAYBILL_PASSPHRASE', PASSPHRASE);
    prepare(electron, folder);
    await import(/* @vite-ignore */ pathToFileURL(join(bundle, 'main.mjs')).href);
    await electron.app.whenReady();
    await new Promise((resolve) => setImmediate(resolve));
    return desktop;
  }

  /** The same machine's next start. */
  startAgain(prepare: Prepare = () => undefined): Promise<OpenDesktop> {
    return OpenDesktop.start(prepare, this.folder);
  }

  get window(): InstanceType<Double['BrowserWindow']> {
    const [window] = this.electron.app.windows;
    if (window === undefined) throw new Error('No window is open.');
    return window as InstanceType<Double['BrowserWindow']>;
  }

  /** The bridge as the preload script gave it to the page. */
  get bridge(): Bridge {
    const { page } = this.window.webContents;
    const bridge = (page?.window as { waybillDesktop?: Bridge } | undefined)?.waybillDesktop;
    if (bridge === undefined) throw new Error('The page has no bridge.');
    return bridge;
  }

  /** The page's own client, over the page's own transport. */
  async connect(): Promise<CoreConnection> {
    vi.stubGlobal('window', this.window.webContents.page?.window);
    const { openElectronTransport } = (await import(/* @vite-ignore */ PAGE_TRANSPORT)) as {
      openElectronTransport: (bridge: Bridge) => Promise<Transport>;
    };
    return coreOver(await openElectronTransport(this.bridge));
  }

  /** What was asked of the system under this name. */
  asked(what: string): readonly unknown[] {
    return this.electron.system.asked.filter((each) => each.what === what).map(({ given }) => given);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { system } = this.electron;
    await Promise.all(
      system.forked.map((child) => {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill();
        return Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 2000))]);
      }),
    );
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    this.folder[Symbol.dispose]();
  }
}
