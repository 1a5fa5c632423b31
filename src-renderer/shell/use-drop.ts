import { useEffect } from 'react';
import type { CoreClient } from '../../src-shared/contract/contract.ts';
import { openPath } from '../features/audit/opened.ts';
import { isPlanName, openDroppedPlan } from '../features/plan/open-dropped.ts';
import { useCore } from '../rpc/core-context.tsx';
import { useDropState } from '../state/drop.ts';
import { showError } from '../state/notices.ts';
import { useWorkbench } from '../state/workbench.ts';

/** Opens what is dropped on the window: plan files to be edited, everything else to be checked. */
export function useDrop(): void {
  const core = useCore();
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      useDropState.setState({ over: true, unknown: false });
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) useDropState.setState({ over: false });
    };
    const drop = (event: DragEvent): void => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      useDropState.setState({ over: false });
      for (const file of files) openDropped(core, file).catch(showError);
    };
    const listeners = { dragover: drag, dragleave: leave, drop };
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name, listener as EventListener);
      }
    };
  }, [core]);
}

/** Only the desktop tells a page where a file lies. */
async function openDropped(core: CoreClient, file: File): Promise<void> {
  const path = window.waybillDesktop?.pathOf(file) ?? null;
  if (isPlanName(file.name)) {
    await openDroppedPlan(core, file, path);
    return;
  }
  useWorkbench.getState().showSection('audit');
  if (path === null) useDropState.setState({ unknown: true });
  else openPath(path);
}
