import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from 'electron';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OpenDesktop } from './open-desktop.ts';

const FOREIGN = [
  'https://example.com/',
  'http://127.0.0.1:1/',
  'file:///etc/passwd',
  'data:text/html,x',
  'javascript:alert(1)',
  'app://other/index.html',
  'app://waybill@other/',
  'app://waybill:1/',
];

describe('the desktop’s shell (Electron double)', () => {
  let desktop: OpenDesktop;
  beforeAll(async () => {
    desktop = await OpenDesktop.start();
  });
  afterAll(() => desktop[Symbol.asyncDispose]());
  const contents = (): OpenDesktop['window']['webContents'] => desktop.window.webContents;

  it('opens its page in a sandbox, in a world of its own, without Node', () => {
    expect(desktop.electron.app.sandboxed).toBe(true);
    expect(desktop.window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
    } satisfies BrowserWindowConstructorOptions['webPreferences']);
    expect(contents().getURL()).toBe('app://waybill/index.html');
    expect(desktop.window.options).toMatchObject({ minWidth: 1024, minHeight: 700, width: 1280, height: 800 });
  });

  it('gives the page the functions of its bridge and nothing else', () => {
    const { window } = contents().page ?? {};
    expect(Object.keys(window ?? {})).toEqual(['waybillDesktop']);
    expect(Object.values(desktop.bridge).every((each) => typeof each === 'function')).toBe(true);
    expect(Object.keys(desktop.bridge).toSorted()).toEqual(
      'chooseFile chooseFolder chooseNewFile connect onCommand pathOf setProgress'.split(' '),
    );
  });

  it.each(FOREIGN)('does not go to %s, by any way', (url) => {
    expect(contents().navigate(url)).toBe(false);
    expect(contents().navigate(url, { event: 'will-redirect' })).toBe(false);
    expect(contents().navigate(url, { event: 'will-frame-navigate' })).toBe(false);
    expect(contents().open(url)).toBe(false);
    expect(desktop.asked('openExternal')).toEqual([]);
  });

  it('may draw its own page anew, in no frame and no webview', () => {
    expect(contents().navigate('app://waybill/index.html')).toBe(true);
    const own = 'app://waybill/index.html';
    expect(contents().navigate(own, { event: 'will-frame-navigate', isMainFrame: false })).toBe(false);
    expect(contents().navigate(own, { event: 'will-attach-webview' })).toBe(false);
    expect(contents().open(own)).toBe(false);
  });

  it('opens a listed link in the person’s browser, and only as it is listed', () => {
    for (const url of [
      'https://c2sp.org/tlog-proof',
      'http://c2sp.org/',
      'https://c2sp.org.example/',
      'https://x@c2sp.org/',
      'https://c2sp.org:444/',
    ]) {
      expect(contents().open(url)).toBe(false);
    }
    expect(desktop.asked('openExternal')).toEqual(['https://c2sp.org/tlog-proof']);
    desktop.electron.system.asked.length = 0;
  });

  it('grants copying to its own page, and no other permission to anybody', () => {
    const { permissionRequest, permissionCheck, device } = desktop.electron.system.defaultSession;
    const own = { getURL: () => 'app://waybill/index.html' };
    const other = { getURL: () => 'https://example.com/' };
    const ask = (from: object, permission: string): boolean | null => {
      let answer: boolean | null = null;
      permissionRequest?.(from as never, permission as never, (granted) => (answer = granted), {} as never);
      return answer;
    };
    expect(ask(own, 'clipboard-sanitized-write')).toBe(true);
    expect(ask(other, 'clipboard-sanitized-write')).toBe(false);
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'fileSystem',
      'openExternal',
    ]) {
      expect(ask(own, permission)).toBe(false);
      expect(permissionCheck?.(null, permission as never, 'app://waybill', {} as never)).toBe(false);
    }
    expect(permissionCheck?.(null, 'clipboard-sanitized-write', 'app://waybill', {} as never)).toBe(true);
    expect(device?.({} as never)).toBe(false);
  });

  it('lets no request out, and no file in', () => {
    const { defaultSession } = desktop.electron.system;
    const isLetOut = (url: string): boolean => {
      let cancelled: boolean | undefined;
      defaultSession.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel));
      return cancelled === false;
    };
    expect(isLetOut('app://waybill/assets/x.js')).toBe(true);
    for (const url of ['https://example.com/', 'http://127.0.0.1/', 'ws://127.0.0.1/', 'file:///etc/passwd']) {
      expect(isLetOut(url)).toBe(false);
    }
    expect(defaultSession.listenerCount('will-download')).toBe(1);
    let isStopped = false;
    defaultSession.emit('will-download', { preventDefault: () => (isStopped = true) });
    expect(isStopped).toBe(true);
  });

  it('serves its pages with the policy of the browser host, a nonce of its own each time', async () => {
    const serve = desktop.electron.system.pageHandlers.get('app');
    const get = async (url: string, init?: RequestInit): Promise<Response> => {
      if (serve === undefined) throw new Error('Nobody serves the pages.');
      return serve(new Request(url, init));
    };
    const pages = await Promise.all([get('app://waybill/index.html'), get('app://waybill/')]);
    const policies = pages.map((page) => page.headers.get('content-security-policy') ?? '');
    expect(policies[0]).toContain("default-src 'none'; script-src 'self'");
    expect(policies[0]).toContain("connect-src 'self';");
    expect(policies[0]).not.toContain('unsafe');
    expect(policies[0]).not.toBe(policies[1]);
    const nonce = /'nonce-([^']+)'/.exec(policies[0] ?? '')?.[1] ?? '(none)';
    expect(await pages[0]?.text()).toContain(`nonce="${nonce}"`);
    expect((await get('app://waybill/nothing.js')).status).toBe(404);
    expect((await get('app://waybill/..%2fdesktop/main.mjs')).status).toBe(404);
    expect((await get('app://waybill/index.html', { method: 'POST' })).status).toBe(405);
    expect((await get('app://other/index.html')).status).toBe(403);
    const [scheme] = desktop.electron.system.schemes;
    expect(scheme).toMatchObject({ scheme: 'app', privileges: { standard: true, secure: true } });
    expect(scheme?.privileges?.bypassCSP).toBeUndefined();
  });

  it('hears nobody but the page of its window', async () => {
    const { ipcMain, system } = desktop.electron;
    const sender = contents();
    const own = sender.mainFrame;
    const strangers = [
      { sender, senderFrame: null },
      { sender, senderFrame: { url: 'app://waybill/index.html' } },
      { sender: { mainFrame: own }, senderFrame: own },
    ];
    for (const from of strangers) {
      ipcMain.arrive('waybill:connect', from, []);
      await expect(ipcMain.ask('waybill:choose-folder', from, ['Title', null])).rejects.toThrow('sender');
    }
    own.url = 'https://example.com/';
    await expect(ipcMain.ask('waybill:choose-folder', { sender, senderFrame: own }, ['T', null])).rejects.toThrow();
    own.url = 'app://waybill/index.html';
    expect(system.forked).toEqual([]);
    expect(desktop.asked('showOpenDialog')).toEqual([]);
  });

  it.each([
    ['waybill:choose-folder', [7, null]],
    ['waybill:choose-folder', []],
    ['waybill:choose-folder', ['Title', null, 'more']],
    ['waybill:choose-file', ['Title', ['../x']]],
    ['waybill:choose-file', ['x'.repeat(201), []]],
    ['waybill:choose-new-file', ['Title', { path: 1 }]],
  ])('refuses what does not fit on %s: %j', async (channel, args) => {
    const sender = contents();
    const from = { sender, senderFrame: sender.mainFrame };
    await expect(desktop.electron.ipcMain.ask(channel, from, args)).rejects.toThrow();
    expect(desktop.asked('showOpenDialog')).toEqual([]);
    expect(desktop.asked('showSaveDialog')).toEqual([]);
  });

  it('lets a person choose folders and files in the system’s dialogs', async () => {
    const { system } = desktop.electron;
    system.answerNext({ canceled: false, filePaths: ['/tmp/out'] });
    expect(await desktop.bridge.chooseFolder('Where to', '/tmp')).toBe('/tmp/out');
    system.answerNext({ canceled: true, filePaths: [] });
    expect(await desktop.bridge.chooseFile('Which plan', ['yaml', 'yml'])).toBeNull();
    system.answerNext({ canceled: false, filePath: '/tmp/x.plan.yaml' });
    expect(await desktop.bridge.chooseNewFile('Save as', 'x.plan.yaml')).toBe('/tmp/x.plan.yaml');
    expect(desktop.asked('showOpenDialog')[1]).toMatchObject({ filters: [{ extensions: ['yaml', 'yml'] }] });
  });

  it('knows the path of a dropped file, and of nothing else', () => {
    expect(desktop.bridge.pathOf({ path: '/tmp/x.plan.yaml' })).toBe('/tmp/x.plan.yaml');
    expect(desktop.bridge.pathOf({})).toBeNull();
  });

  it('sends what is chosen in the menu to the page, and leaves the keys to it', () => {
    const heard: string[] = [];
    const stop = desktop.bridge.onCommand((id) => heard.push(id));
    const items = flat(desktop.electron.system.applicationMenu);
    for (const item of items) item.click?.({} as never, undefined, {});
    expect(heard).toContain('palette');
    expect(heard.filter((id) => id.startsWith('go-'))).toHaveLength(7);
    stop();
    items.find(({ click }) => click !== undefined)?.click?.({} as never, undefined, {});
    expect(heard).toHaveLength(items.filter(({ click }) => click !== undefined).length);
    for (const { accelerator, registerAccelerator } of items) {
      if (accelerator !== undefined) expect(registerAccelerator).toBe(false);
    }
  });

  it('comes to the front when it is started again', () => {
    desktop.window.minimize();
    desktop.electron.app.emit('second-instance');
    expect(desktop.window.isMinimized()).toBe(false);
    expect(desktop.window.isVisible()).toBe(true);
  });

  it('asks what to do when the page has crashed', async () => {
    const { page } = contents();
    desktop.electron.system.answerNext({ response: 0 });
    contents().emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    await expect.poll(() => contents().page === page).toBe(false);
  });
});

describe('the desktop’s start (Electron double)', () => {
  it('gives way to the instance that is there', async () => {
    await using desktop = await OpenDesktop.start(({ app }) => (app.isSecond = true));
    expect(desktop.electron.app.hasQuit).toBe(true);
    expect(desktop.electron.app.windows.size).toBe(0);
  });

  it('remembers where its window was, unless that is on no screen', async () => {
    await using desktop = await OpenDesktop.start();
    const { window, folder, electron } = desktop;
    window.bounds = { x: 60, y: 70, width: 1100, height: 720 };
    window.maximize();
    window.close();
    await expect.poll(() => electron.app.hasQuit).toBe(true);
    const kept = readFileSync(`${electron.app.getPath('userData')}/window.json`, 'utf8');
    expect(JSON.parse(kept)).toEqual({ x: 60, y: 70, width: 1100, height: 720, maximized: true });
    expect(electron.app.getPath('userData')).toContain(folder.path);

    await using again = await desktop.startAgain();
    expect(again.window.options).toMatchObject({ x: 60, y: 70, width: 1100, height: 720 });
    expect(again.window.isMaximized()).toBe(true);
    await using elsewhere = await desktop.startAgain(({ system }) => {
      system.display.workArea = { x: 5000, y: 0, width: 1920, height: 1080 };
    });
    expect(elsewhere.window.options).not.toHaveProperty('x');
    expect(elsewhere.window.options).toMatchObject({ width: 1100, height: 720 });
  });
});

function flat(items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}
