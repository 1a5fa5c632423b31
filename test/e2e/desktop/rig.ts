import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { ensureBuilt } from '../../../scripts/lib/ensure-built.mjs';
import { ensurePages } from '../../../scripts/lib/ensure-pages.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { PASSPHRASE } from '../cli/driver.ts';
import { launchElectron } from './electron-rig.ts';

const BUNDLE = 'dist/cli/browser-host.mjs';
const CHROMIUM = process.env.WAYBILL_CHROMIUM ?? '/usr/bin/chromium';
// No sandbox where tests run as root; nothing that goes to the network by itself.
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
];
const START_LIMIT_MS = 60_000;

export interface DesktopOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly env?: NodeJS.ProcessEnv;
  /** A home that is there already; without it, a new one. */
  readonly home?: string;
  /** No passphrase is given: a first start as a person without a keychain has it. */
  readonly withoutPassphrase?: boolean;
  /** Has its turn when the browser is up and has nothing open yet. */
  readonly beforeOpen?: (page: Page) => Promise<void>;
}

/** What a host gives: a page, and the process that the core runs in. */
export interface OpenHost {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly corePid: number;
  /** Goes to the application's page, where the host has not done so by itself. */
  readonly open: () => Promise<void>;
  readonly end: () => Promise<void>;
}

/**
 * The desktop: a home, and a page. In the browser host with a real Chromium; with `WAYBILL_E2E_HOST=electron` in Electron,
 * where its runtime is there.
 */
export class Desktop implements AsyncDisposable {
  readonly #folder: TempFolder;
  readonly #host: OpenHost;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly home: string;
  /** Errors and warnings of the console, and exceptions of the page: a test of good behaviour leaves none. */
  readonly complaints: string[] = [];

  private constructor(host: OpenHost, { folder, home }: { folder: TempFolder; home: string }) {
    this.#folder = folder;
    this.#host = host;
    this.context = host.context;
    this.page = host.page;
    this.home = home;
    this.page.on('pageerror', (error) => this.complaints.push(error.message));
    this.page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
  }

  /** Starts the host and opens it as a person does; resolves when the frame is drawn. */
  static async open(options: DesktopOptions = {}): Promise<Desktop> {
    await ensureBuilt(projectRoot);
    await ensurePages(projectRoot);
    const folder = new TempFolder();
    const home = options.home ?? folder.join('home');
    const launch = process.env.WAYBILL_E2E_HOST === 'electron' ? launchElectron : launchBrowser;
    const host = await launch(home, { options, env: environmentOf(folder.path, options) });
    const desktop = new Desktop(host, { folder, home });
    await options.beforeOpen?.(host.page);
    await desktop.#host.open();
    await desktop.page.getByRole('navigation', { name: 'Sections' }).waitFor();
    return desktop;
  }

  /** The process of the core, to be killed by tests. */
  get hostPid(): number {
    return this.#host.corePid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#host.end();
    this.#folder[Symbol.dispose]();
  }
}

export interface Launch {
  readonly options: DesktopOptions;
  readonly env: Record<string, string>;
}

function environmentOf(folder: string, options: DesktopOptions): Record<string, string> {
  const passphrase = options.withoutPassphrase === true ? {} : { WAYBILL_PASSPHRASE: PASSPHRASE };
  const own = {
    PATH: process.env.PATH,
    HOME: folder,
    TMPDIR: folder,
    LC_ALL: 'C.UTF-8',
    ...passphrase,
    ...options.env,
  };
  return Object.fromEntries(
    Object.entries(own).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The browser host, opened through its launch file as a browser opens it. */
async function launchBrowser(home: string, { options, env }: Launch): Promise<OpenHost> {
  const host = startHost(home, env);
  const launch = await launchFileOf(host);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.colorScheme ?? 'light',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const end = async (): Promise<void> => {
    await browser.close();
    if (host.exitCode !== null || host.signalCode !== null) return;
    const gone = new Promise((resolve) => host.once('exit', resolve));
    host.kill('SIGTERM');
    await gone;
  };
  const open = async (): Promise<void> => void (await page.goto(pathToFileURL(launch).href));
  return { page, context, corePid: host.pid ?? 0, open, end };
}

function startHost(home: string, env: Record<string, string>): ChildProcess {
  return spawn(pinnedNode(projectRoot), [BUNDLE, '--home', home, '--no-open'], {
    ...{ cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'], env },
  });
}

/** The file that the host names on its output. */
export function launchFileOf(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (text: string): void => {
      said += text;
      const path = /: (\/.*\.html)$/m.exec(said)?.[1];
      if (path !== undefined) resolve(path);
    };
    host.stdout?.setEncoding('utf8').on('data', hear);
    host.stderr?.setEncoding('utf8').on('data', hear);
    host.once('exit', (code) => reject(new Error(`The host ended with ${code}: ${said}`)));
    setTimeout(() => reject(new Error(`The host named no file: ${said}`)), START_LIMIT_MS).unref();
  });
}

/** The address with its secret, as the launch file holds it. */
export function addressIn(launchFile: string): URL {
  const address = /url=([^"]+)"/.exec(readFileSync(launchFile, 'utf8'))?.[1];
  if (address === undefined) throw new Error(`${launchFile} leads nowhere.`);
  return new URL(address);
}
