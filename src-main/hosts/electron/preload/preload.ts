import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  CORE_CLOSED_MESSAGE,
  PORT_MESSAGE,
  type DesktopBridge,
} from '../../../../src-shared/contract/desktop-bridge.ts';
import { CHANNELS } from '../bridge/channels.ts';

// Runs sandboxed, in a world apart from the page. It hands over the functions of the bridge and one port; no channel name,
// no event and nothing of Electron's reaches the page.
const bridge: DesktopBridge<File> = {
  connect: () => ipcRenderer.send(CHANNELS.connect),
  chooseFolder: (title, start) => ipcRenderer.invoke(CHANNELS.chooseFolder, title, start),
  chooseFile: (title, extensions) => ipcRenderer.invoke(CHANNELS.chooseFile, title, extensions),
  chooseNewFile: (title, start) => ipcRenderer.invoke(CHANNELS.chooseNewFile, title, start),
  pathOf: (file) => webUtils.getPathForFile(file) || null,
  setProgress: (value) => ipcRenderer.send(CHANNELS.progress, value),
  onCommand(listener) {
    const hear = (_event: unknown, id: unknown): void => {
      if (typeof id === 'string') listener(id);
    };
    ipcRenderer.on(CHANNELS.command, hear);
    return () => ipcRenderer.off(CHANNELS.command, hear);
  },
};

contextBridge.exposeInMainWorld('waybillDesktop', bridge);

// To this window itself, which shows no page but ours: there is no other origin to name.
ipcRenderer.on(CHANNELS.port, (event) => window.postMessage(PORT_MESSAGE, '*', [...event.ports]));
ipcRenderer.on(CHANNELS.coreClosed, () => window.postMessage(CORE_CLOSED_MESSAGE, '*'));
