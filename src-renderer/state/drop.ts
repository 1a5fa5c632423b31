import { create } from 'zustand';

interface DropState {
  /** Something is held over the window. */
  readonly over: boolean;
  /** A folder was dropped whose place the page is not told. */
  readonly unknown: boolean;
}

/** What is being dragged over the window, and what became of it. */
export const useDropState = create<DropState>()(() => ({ over: false, unknown: false }));
