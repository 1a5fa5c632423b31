import { useEffect } from 'react';
import { isOfField } from '../state/field-keys.ts';
import { keysOf, useCommands } from '../state/commands.ts';

/** Runs the newest offered action of the keys pressed, where they are not those of a field. */
export function useKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const keys = keysOf(event);
      if (isOfField(keys, event.target instanceof HTMLElement ? event.target : null)) return;
      const command = useCommands
        .getState()
        .commands.findLast((known) => known.keys === keys && known.enabled !== false);
      if (command === undefined || event.defaultPrevented) return;
      event.preventDefault();
      command.run();
    };
    // A field with a list takes every Enter for its own; those with Ctrl are not, and are looked at before it sees them.
    const pressEarly = (event: KeyboardEvent): void => {
      if (!/^mod\+(shift\+)?enter$/.test(keysOf(event)) || !isListField(event.target)) return;
      press(event);
      if (event.defaultPrevented) event.stopPropagation();
    };
    window.addEventListener('keydown', pressEarly, { capture: true });
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', pressEarly, { capture: true });
      window.removeEventListener('keydown', press);
    };
  }, []);
}

const isListField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.getAttribute('role') === 'combobox' && target.tagName !== 'INPUT';
