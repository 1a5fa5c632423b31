// Stands for `electron` in tests: the part of it that the desktop uses, strict about the rest and about when it may be used.
// Its types are held to Electron's own. It proves the shell's decisions; that Chromium keeps to them, it cannot prove.
export { BrowserWindow } from './browser-window.ts';
export { MessageChannelMain } from './ports.ts';
export {
  dialog,
  Menu,
  nativeTheme,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} from './system.ts';
import { app as doubledApp } from './app.ts';
import { ipcMain as doubledIpc } from './ipc-main.ts';
import { strictly } from './strictly.ts';

export const app = strictly('app', doubledApp);
export const ipcMain = strictly('ipcMain', doubledIpc);
