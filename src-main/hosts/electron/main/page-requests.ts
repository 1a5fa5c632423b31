import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, type WebFrameMain } from 'electron';
import { z } from 'zod';
import { CHANNELS } from '../bridge/channels.ts';
import { chooseFile, chooseFolder, chooseNewFile } from './dialogs.ts';
import { isOwnPage } from './own-pages.ts';

export interface PageEvents {
  /** The page wants a channel to the core. */
  readonly onConnect: (frame: WebFrameMain) => void;
  readonly onProgress: (value: number | null) => void;
}

const title = z.string().min(1).max(200);
const path = z.string().max(4096);
const extension = z.string().regex(/^[a-z0-9]{1,16}$/);

const ARGUMENTS = {
  connect: z.tuple([]),
  progress: z.tuple([z.number().min(0).max(1).nullable()]),
  chooseFolder: z.tuple([title, path.nullable()]),
  chooseFile: z.tuple([title, z.array(extension).max(16)]),
  chooseNewFile: z.tuple([title, path]),
};

/** Answers the preload script of this window, and of its own page alone; arguments that do not fit are refused. */
export function answerPage(window: BrowserWindow, events: PageEvents): void {
  const listen = <T extends unknown[]>(
    channel: string,
    schema: z.ZodType<T>,
    act: (frame: WebFrameMain, ...given: T) => void,
  ): void => {
    ipcMain.on(channel, (event, ...given: unknown[]) => {
      const frame = trustedFrame(event, window);
      const read = schema.safeParse(given);
      if (frame !== null && read.success) act(frame, ...read.data);
    });
  };
  const answer = <T extends unknown[], R>(
    channel: string,
    schema: z.ZodType<T>,
    act: (...given: T) => Promise<R>,
  ): void => {
    ipcMain.handle(channel, (event, ...given: unknown[]) => {
      if (trustedFrame(event, window) === null) throw new Error('The sender is not the page of this window.');
      return act(...schema.parse(given));
    });
  };
  listen(CHANNELS.connect, ARGUMENTS.connect, events.onConnect);
  listen(CHANNELS.progress, ARGUMENTS.progress, (_frame, value) => events.onProgress(value));
  answer(CHANNELS.chooseFolder, ARGUMENTS.chooseFolder, (...given) => chooseFolder(window, ...given));
  answer(CHANNELS.chooseFile, ARGUMENTS.chooseFile, (...given) => chooseFile(window, ...given));
  answer(CHANNELS.chooseNewFile, ARGUMENTS.chooseNewFile, (...given) => chooseNewFile(window, ...given));
}

/** The frame that sent it, if it is the outermost one of our window and shows our page; frames inside it never are. */
function trustedFrame(event: IpcMainEvent | IpcMainInvokeEvent, window: BrowserWindow): WebFrameMain | null {
  const { senderFrame, sender } = event;
  if (senderFrame === null || sender !== window.webContents || senderFrame !== sender.mainFrame) return null;
  return isOwnPage(senderFrame.url) ? senderFrame : null;
}
