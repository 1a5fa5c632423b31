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
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
