import { useEffect, useState } from 'react';
import { openPath } from './opened.ts';

export interface DropState {
  /** Something is held over the window. */
  readonly over: boolean;
  /** Something was dropped whose place the page is not told. */
  readonly unknown: boolean;
}

/** Opens folders that are dropped on the window. Only the desktop tells a page where they lie. */
export function useDrop(): DropState {
  const [state, setState] = useState<DropState>({ over: false, unknown: false });
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      setState({ over: true, unknown: false });
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setState((now) => ({ ...now, over: false }));
    };
    const drop = (event: DragEvent): void => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      const paths = files.map((file) => window.waybillDesktop?.pathOf(file) ?? null);
      setState({ over: false, unknown: paths.includes(null) });
      for (const path of paths) if (path !== null) openPath(path);
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return state;
}
