import type {
  CustomScheme,
  Dialog,
  Display,
  MenuItemConstructorOptions,
  MessageBoxReturnValue,
  OpenDialogReturnValue,
  PowerSaveBlocker,
  Protocol,
  SaveDialogReturnValue,
  Session,
  Shell,
} from 'electron';
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { strictly } from './strictly.ts';
import { UtilityProcess } from './utility.ts';

/** What the desktop asked of the system, in order. */
export const asked: { readonly what: string; readonly given: unknown }[] = [];
const note = (what: string, given: unknown): void => void asked.push({ what, given });

const answers: unknown[] = [];

/** For tests: what the person does in the next dialog. A dialog that nobody expects fails the test. */
export function answerNext(
  answer: Partial<MessageBoxReturnValue> | Partial<OpenDialogReturnValue> | Partial<SaveDialogReturnValue>,
): void {
  answers.push(answer);
}

function answerTo(what: string, given: unknown): Promise<never> {
  note(what, given);
  if (given === undefined) return Promise.reject(new Error(`${what} has no window to belong to.`));
  const answer = answers.shift();
  if (answer === undefined) return Promise.reject(new Error(`Nobody answers ${what}.`));
  return Promise.resolve(answer as never);
}

export const dialog = strictly('dialog', {
  showMessageBox: (_window: unknown, options?: unknown) => answerTo('showMessageBox', options),
  showOpenDialog: (_window: unknown, options?: unknown) => answerTo('showOpenDialog', options),
  showSaveDialog: (_window: unknown, options?: unknown) => answerTo('showSaveDialog', options),
} satisfies Pick<Dialog, 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog'>);

export const shell = strictly('shell', {
  openExternal: (url: string) => Promise.resolve(note('openExternal', url)),
  showItemInFolder: (path: string) => note('showItemInFolder', path),
} satisfies Pick<Shell, 'openExternal' | 'showItemInFolder'>);

export const powerSaveBlocker = strictly('powerSaveBlocker', {
  start(type) {
    note('powerSaveBlocker.start', type);
    return 7;
  },
  stop(id) {
    note('powerSaveBlocker.stop', id);
    return true;
  },
} satisfies Pick<PowerSaveBlocker, 'start' | 'stop'>);

type PageHandler = Parameters<Protocol['handle']>[1];

export const schemes: CustomScheme[] = [];
export const pageHandlers = new Map<string, PageHandler>();
export const protocol = strictly('protocol', {
  registerSchemesAsPrivileged(list) {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    schemes.push(...list);
  },
  handle(scheme, handler) {
    if (!app.isReady()) throw new Error('protocol.handle is not there before app is ready');
    if (pageHandlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    pageHandlers.set(scheme, handler);
  },
} satisfies Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>);

type Given<Name extends keyof Session> = Session[Name] extends (handler: infer Handler, ...rest: never) => unknown
  ? Exclude<Handler, null>
  : never;

/** The session of all pages; what was set is there for tests to call. */
class DoubledSession extends EventEmitter {
  permissionRequest: Given<'setPermissionRequestHandler'> | null = null;
  permissionCheck: Given<'setPermissionCheckHandler'> | null = null;
  device: Given<'setDevicePermissionHandler'> | null = null;
  beforeRequest: ((details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void) | null = null;

  setPermissionRequestHandler(handler: Given<'setPermissionRequestHandler'>): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: Given<'setPermissionCheckHandler'>): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: Given<'setDevicePermissionHandler'>): void {
    this.device = handler;
  }
  readonly webRequest = strictly('webRequest', {
    onBeforeRequest: (listener: NonNullable<DoubledSession['beforeRequest']>) => {
      this.beforeRequest = listener;
    },
  });
}

export const defaultSession = new DoubledSession();
export const session = { defaultSession: strictly('defaultSession', defaultSession) };

export const display: { workArea: Display['workArea'] } = { workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
export const screen = strictly('screen', { getAllDisplays: () => [display] });
export const nativeTheme = strictly('nativeTheme', { shouldUseDarkColors: false });

/** What an accelerator is made of. */
const ACCELERATOR =
  /^(?:(?:CmdOrCtrl|Cmd|Ctrl|Alt|Shift)\+)*(?:[A-Z0-9]|F[1-9]|F1\d|F2[0-4]|Left|Right|Up|Down|Tab|Space|Enter)$/;

export let applicationMenu: readonly MenuItemConstructorOptions[] = [];
export const Menu = strictly('Menu', {
  buildFromTemplate(template: readonly MenuItemConstructorOptions[]) {
    template.forEach(checkItem);
    return template;
  },
  setApplicationMenu(menu: readonly MenuItemConstructorOptions[]) {
    applicationMenu = menu;
  },
});

function checkItem(item: MenuItemConstructorOptions): void {
  if (item.role === undefined && item.type !== 'separator' && item.label === undefined) {
    throw new Error('Invalid template for MenuItem: must have at least one of label, role or type');
  }
  if (item.accelerator !== undefined && !ACCELERATOR.test(item.accelerator)) {
    throw new Error(`conversion failure from ${item.accelerator}`);
  }
  if (Array.isArray(item.submenu)) item.submenu.forEach(checkItem);
}

export const forked: UtilityProcess[] = [];
export const utilityProcess = strictly('utilityProcess', {
  fork(entry: string, _args: readonly string[], options: ConstructorParameters<typeof UtilityProcess>[1]) {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    const child = new UtilityProcess(entry, options);
    forked.push(child);
    return child;
  },
});
