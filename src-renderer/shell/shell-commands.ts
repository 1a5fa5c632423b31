import { useMemo } from 'react';
import { useSettings } from '../rpc/core-context.tsx';
import { newConnectionKeys, useOffer, type Command } from '../state/commands.ts';
import { useWorkbench, type Dialog } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { goToSection } from './go-to-section.ts';
import { ORDER } from './sections.tsx';

/** The actions that are always there. */
export function useShellCommands(): void {
  const { change } = useSettings();
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: 'palette', title: text.shell.search, keys: 'mod+k', run: () => open({ kind: 'palette' }) },
      { id: 'keys', title: text.shell.keysTitle, keys: 'f1', run: () => open({ kind: 'keys' }) },
      {
        id: 'connection-add',
        title: text.connections.connect,
        keys: newConnectionKeys(),
        run: () => open({ kind: 'connection', name: null }),
      },
      ...ORDER.map((section, index) => ({
        id: `go-${section}`,
        title: text.shell.go(text.shell.sections[section]),
        keys: `mod+${index + 1}`,
        run: () => goToSection(section),
      })),
      {
        id: 'close-tab',
        title: text.shell.closeCurrentTab,
        keys: 'alt+w',
        run: () => {
          const { active, closeTab } = useWorkbench.getState();
          if (active !== null) closeTab(active);
        },
      },
      { id: 'next-tab', title: text.shell.nextTab, keys: 'mod+alt+arrowright', run: () => move(1) },
      { id: 'previous-tab', title: text.shell.previousTab, keys: 'mod+alt+arrowleft', run: () => move(-1) },
      { id: 'theme-light', title: text.shell.theme.light, run: () => void change({ theme: 'light' }) },
      { id: 'theme-dark', title: text.shell.theme.dark, run: () => void change({ theme: 'dark' }) },
      { id: 'theme-system', title: text.shell.theme.system, run: () => void change({ theme: 'system' }) },
    ],
    [change],
  );
  useOffer(commands);
}

const open = (dialog: Dialog): void => useWorkbench.getState().openDialog(dialog);
const move = (by: 1 | -1): void => useWorkbench.getState().moveTab(by);
