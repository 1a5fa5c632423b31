import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { ensureBuilt } from '../../../scripts/lib/ensure-built.mjs';
import { ensurePages } from '../../../scripts/lib/ensure-pages.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { PASSPHRASE } from '../cli/driver.ts';

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
}

/** The desktop in the browser host: a home, the host's process, and a page in a real Chromium. */
export class Desktop implements AsyncDisposable {
  readonly #folder: TempFolder;
  readonly #host: ChildProcess;
  readonly #browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly home: string;
  /** Errors and warnings of the console, and exceptions of the page: a test of good behaviour leaves none. */
  readonly complaints: string[] = [];

  private constructor(parts: {
    folder: TempFolder;
    host: ChildProcess;
    browser: Browser;
    context: BrowserContext;
    page: Page;
    home: string;
  }) {
    this.#folder = parts.folder;
    this.#host = parts.host;
    this.#browser = parts.browser;
    this.context = parts.context;
    this.page = parts.page;
    this.home = parts.home;
    this.page.on('pageerror', (error) => this.complaints.push(error.message));
    this.page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
  }

  /** Starts the host and opens it as its launch file does; resolves when the frame is drawn. */
  static async open(options: DesktopOptions = {}): Promise<Desktop> {
    await ensureBuilt(projectRoot);
    await ensurePages(projectRoot);
    const folder = new TempFolder();
    const home = options.home ?? folder.join('home');
    const host = startHost(home, { folder: folder.path, options });
    const launch = await launchFileOf(host);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      colorScheme: options.colorScheme ?? 'light',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const desktop = new Desktop({ folder, host, browser, context, page, home });
    await page.goto(pathToFileURL(launch).href);
    await page.getByRole('navigation', { name: 'Sections' }).waitFor();
    return desktop;
  }

  /** The process of the core, to be killed by tests. */
  get hostPid(): number {
    return this.#host.pid ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    if (this.#host.exitCode === null && this.#host.signalCode === null) {
      const gone = new Promise((resolve) => this.#host.once('exit', resolve));
      this.#host.kill('SIGTERM');
      await gone;
    }
    this.#folder[Symbol.dispose]();
  }
}

function startHost(home: string, { folder, options }: { folder: string; options: DesktopOptions }): ChildProcess {
  const passphrase = options.withoutPassphrase === true ? {} : { WAYBILL_PASSPHRASE: PASSPHRASE };
  return spawn(pinnedNode(projectRoot), [BUNDLE, '--home', home, '--no-open'], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, LC_ALL: 'C.UTF-8', ...passphrase, ...options.env },
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
