import { useEffect } from 'react';
import { create } from 'zustand';

/** An action that a person can run: from the palette, by its keys, from a menu. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** e.g. `mod+k`, `mod+shift+f`, `f1`; `mod` is Ctrl, or Command on a Mac. */
  readonly keys?: string;
  /** false: it is listed greyed and its keys do nothing. */
  readonly enabled?: boolean;
  readonly run: () => void;
}

interface CommandsState {
  readonly commands: readonly Command[];
}

export const useCommands = create<CommandsState>()(() => ({ commands: [] }));

/** Offers actions while a screen is there. Give a list that stays the same between drawings (`useMemo`). */
export function useOffer(commands: readonly Command[]): void {
  useEffect(() => {
    useCommands.setState((now) => ({ commands: [...now.commands, ...commands] }));
    return () =>
      useCommands.setState((now) => ({ commands: now.commands.filter((known) => !commands.includes(known)) }));
  }, [commands]);
}

/** Runs the newest offered action of this name; one that is not there, or greyed, does nothing. */
export function runCommand(id: string): void {
  useCommands
    .getState()
    .commands.findLast((known) => known.id === id && known.enabled !== false)
    ?.run();
}

export const isMac = (): boolean => navigator.platform.startsWith('Mac');

/** The keys of a new connection. A browser keeps Ctrl N to itself. */
export const newConnectionKeys = (): string => (window.waybillDesktop === undefined ? 'alt+n' : 'mod+n');

/** The keys of an event in the spelling of {@link Command}. */
export function keysOf(event: KeyboardEvent): string {
  const mod = isMac() ? event.metaKey : event.ctrlKey;
  return [
    mod ? 'mod' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey ? 'shift' : '',
    event.key === ' ' ? 'space' : event.key.toLowerCase(),
  ]
    .filter((part) => part !== '')
    .join('+');
}

const PRINTED: Readonly<Record<string, string>> = {
  ...{ enter: '↵', space: 'Space' },
  ...{ arrowdown: '↓', arrowup: '↑', arrowleft: '←', arrowright: '→' },
};

/** As it is printed on the keys: `Ctrl K`, `⌘ K`. */
export function printedKeys(keys: string): string {
  return keys
    .split('+')
    .map((part) => {
      if (part === 'mod') return isMac() ? '⌘' : 'Ctrl';
      return PRINTED[part] ?? part.charAt(0).toUpperCase() + part.slice(1);
    })
    .join(' ');
}
