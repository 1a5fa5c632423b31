import { useEffect } from 'react';
import { runCommand } from '../state/commands.ts';

/** Runs the actions that are chosen in the native menu, where there is one. */
export function useDesktopMenu(): void {
  useEffect(() => window.waybillDesktop?.onCommand(runCommand), []);
}
