import { app, BrowserWindow, nativeTheme } from 'electron';
import { join } from 'node:path';
import { ORIGIN } from './own-pages.ts';
import { readWindowState, SMALLEST, writeWindowState } from './window-state.ts';
import { words } from './words.ts';

/** The colours behind a page that is not drawn yet: no white flash in the dark. */
const BEHIND = { light: '#FFFFFF', dark: '#1B1E20' };

/** Opens the window on the application's page: no Node in it, its own world for the preload script, sandboxed. */
export function openWindow(preload: string): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json');
  const { bounds, maximized } = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: words.application,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BEHIND.dark : BEHIND.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      // Chromium would fetch dictionaries.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  void window.loadURL(`${ORIGIN}/index.html`);
  return window;
}
