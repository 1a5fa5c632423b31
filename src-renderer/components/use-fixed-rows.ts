import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useRef, type RefObject } from 'react';

export interface FixedRowsSource {
  readonly count: number;
  /** Of every row, pixels. */
  readonly rowHeight: number;
  /** Of a head that stays in sight above the rows, inside the box; pixels. */
  readonly head?: number;
  /** Rows drawn beyond those in sight. */
  readonly overscan: number;
}

export interface FixedRows {
  /** What scrolls. */
  readonly box: RefObject<HTMLDivElement | null>;
  readonly lines: Virtualizer<HTMLDivElement, Element>;
  /** Scrolls as little as brings a row into sight; `center`: to the middle of the box. */
  readonly show: (index: number, align?: 'center') => void;
}

/** Rows of one height, of which only those in sight are drawn. */
export function useFixedRows({ count, rowHeight, head = 0, overscan }: FixedRowsSource): FixedRows {
  const box = useRef<HTMLDivElement>(null);
  const lines = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan,
  });
  // Places are known without measuring: the virtualizer's own way reads the layout in every frame until it has settled.
  const show = useCallback(
    (index: number, align?: 'center') => {
      const { current } = box;
      if (current === null) return;
      const top = index * rowHeight;
      const room = current.clientHeight - head;
      if (align === 'center') current.scrollTop = top - (room - rowHeight) / 2;
      else if (top < current.scrollTop) current.scrollTop = top;
      else if (top + rowHeight > current.scrollTop + room) current.scrollTop = top + rowHeight - room;
    },
    [rowHeight, head],
  );
  return { box, lines, show };
}
