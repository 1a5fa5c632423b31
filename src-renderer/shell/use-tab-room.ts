import { useEffect, useRef, useState, type RefObject } from 'react';
import { useWorkbench } from '../state/workbench.ts';

export interface TabRoom {
  readonly list: RefObject<HTMLDivElement | null>;
  /** Not all tabs are in sight. */
  readonly isFull: boolean;
}

/** Keeps the tab in front in sight, whatever becomes of the tabs and of the window, and says whether all of them are. */
export function useTabRoom(): TabRoom {
  const list = useRef<HTMLDivElement>(null);
  const [isFull, setFull] = useState(false);
  const active = useWorkbench((state) => state.active);
  const tabs = useWorkbench((state) => state.tabs);
  useEffect(() => {
    const strip = list.current;
    if (strip === null) return;
    const look = (): void => {
      setFull(strip.scrollWidth > strip.clientWidth);
      strip.querySelector('.tab.active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    };
    const watcher = new ResizeObserver(look);
    watcher.observe(strip);
    look();
    return () => watcher.disconnect();
  }, [active, tabs]);
  return { list, isFull };
}
