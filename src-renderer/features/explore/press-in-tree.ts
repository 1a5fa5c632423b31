import type { KeyboardEvent } from 'react';
import type { TreeRow } from './tree-rows.ts';

const PAGE = 20;

export interface TreeMoves {
  readonly rows: readonly TreeRow[];
  /** The line that the keys act on. */
  readonly at: number;
  readonly goTo: (index: number) => void;
  readonly setOpen: (namespace: string, open: boolean) => void;
  readonly show: (row: TreeRow | undefined) => void;
  readonly toggle: (row: TreeRow) => void;
}

/** The keys of a tree as the ARIA authoring practices lay them down; space ticks. */
export function pressInTree(event: KeyboardEvent, moves: TreeMoves): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const move = moveOf(event.key, moves);
  if (move === null) return;
  event.preventDefault();
  move();
}

function moveOf(key: string, moves: TreeMoves): (() => void) | null {
  const { rows, at, goTo, setOpen, show, toggle } = moves;
  const row = rows[at];
  switch (key) {
    case 'ArrowDown':
      return () => goTo(at + 1);
    case 'ArrowUp':
      return () => goTo(at - 1);
    case 'Home':
      return () => goTo(0);
    case 'End':
      return () => goTo(rows.length - 1);
    case 'PageDown':
      return () => goTo(at + PAGE);
    case 'PageUp':
      return () => goTo(at - PAGE);
    case 'ArrowRight':
      return () => (row?.kind === 'namespace' && !row.open ? setOpen(row.name, true) : goTo(at + 1));
    case 'ArrowLeft':
      return () =>
        row?.kind === 'namespace'
          ? setOpen(row.name, false)
          : goTo(rows.findLastIndex((each, index) => index < at && each.kind === 'namespace'));
    case 'Enter':
      return () => show(row);
    case ' ':
      return row === undefined ? null : () => toggle(row);
    default:
      return null;
  }
}
