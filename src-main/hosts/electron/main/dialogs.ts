import { dialog, type BrowserWindow } from 'electron';
import { words } from './words.ts';

/** The system's own dialogs. They open here alone: a page asks for one and hears the path that the person chose. */
export async function chooseFolder(window: BrowserWindow, title: string, start: string | null): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    ...(start === null || start === '' ? {} : { defaultPath: start }),
    properties: ['openDirectory', 'createDirectory'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** A file that is there; `extensions` without dots, none: any. */
export async function chooseFile(
  window: BrowserWindow,
  title: string,
  extensions: readonly string[],
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    ...(extensions.length === 0 ? {} : { filters: [{ name: words.fileKinds, extensions: [...extensions] }] }),
    properties: ['openFile'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** A name for a file to be written. */
export async function chooseNewFile(window: BrowserWindow, title: string, start: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    ...(start === '' ? {} : { defaultPath: start }),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === '' ? null : filePath;
}
