import { app, type MenuItemConstructorOptions } from 'electron';
import { words } from './words.ts';

type Item = MenuItemConstructorOptions;

const isMac = process.platform === 'darwin';

/**
 * The native menu. Its own actions are the page's: a choice sends the id of the command. The keys beside them are shown, not
 * taken: the page hears every key itself and knows whether the action is there now.
 */
export function menuTemplate(run: (command: string) => void): Item[] {
  const action = (label: string, command: string, accelerator?: string): Item => ({
    label,
    click: () => run(command),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const tools: Item[] = app.isPackaged ? [] : [{ type: 'separator' }, { role: 'toggleDevTools' }];
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: words.menu.file,
      submenu: [
        action(words.menu.closeTab, 'close-tab', 'Alt+W'),
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu', label: words.menu.edit },
    { label: words.menu.view, submenu: [...viewItems(action), ...tools] },
    {
      label: words.menu.window,
      submenu: [
        action(words.menu.nextTab, 'next-tab', 'CmdOrCtrl+Alt+Right'),
        action(words.menu.previousTab, 'previous-tab', 'CmdOrCtrl+Alt+Left'),
        { type: 'separator' },
        { role: 'minimize' },
      ],
    },
    {
      role: 'help',
      label: words.menu.help,
      submenu: [action(words.menu.keys, 'keys', 'F1'), ...(isMac ? [] : [{ role: 'about' } as const])],
    },
  ];
}

function viewItems(action: (label: string, command: string, accelerator?: string) => Item): Item[] {
  const sections = Object.entries(words.menu.sections).map(([section, label], index) =>
    action(label, `go-${section}`, `CmdOrCtrl+${index + 1}`),
  );
  return [
    action(words.menu.search, 'palette', 'CmdOrCtrl+K'),
    { type: 'separator' },
    ...sections,
    { type: 'separator' },
    action(words.menu.light, 'theme-light'),
    action(words.menu.dark, 'theme-dark'),
    action(words.menu.system, 'theme-system'),
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
  ];
}
