import { create } from 'zustand';
import { tabKey, useWorkbench } from '../../state/workbench.ts';

/** Something that was opened to be checked. Only where it lies and what it is compared with: nothing of it is kept. */
export interface OpenedItem {
  readonly path: string;
  /** A vkey or fingerprint that came another way; null: none was given. */
  readonly key: string | null;
}

interface Opened {
  readonly items: readonly OpenedItem[];
  readonly add: (path: string) => void;
  readonly remove: (path: string) => void;
  readonly compare: (path: string, key: string | null) => void;
}

export const useOpened = create<Opened>()((set) => ({
  items: [],
  add: (path) =>
    set(({ items }) => (items.some((one) => one.path === path) ? {} : { items: [...items, { path, key: null }] })),
  remove: (path) => set(({ items }) => ({ items: items.filter((one) => one.path !== path) })),
  compare: (path, key) =>
    set(({ items }) => ({ items: items.map((one) => (one.path === path ? { path, key } : one)) })),
}));

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/** Opens what lies at a path in a tab of its own. */
export function openPath(path: string): void {
  const whole = path.trim().replace(/(?<=.)[\\/]+$/, '');
  if (whole === '') return;
  useOpened.getState().add(whole);
  const { openTab, closeTab } = useWorkbench.getState();
  openTab({ kind: 'audit', id: whole, title: nameOf(whole) });
  closeTab(tabKey({ kind: 'audit', id: '' }));
}

export function closePath(path: string): void {
  useOpened.getState().remove(path);
  useWorkbench.getState().closeTab(tabKey({ kind: 'audit', id: path }));
}

export function showStart(title: string): void {
  useWorkbench.getState().openTab({ kind: 'audit', id: '', title });
}
