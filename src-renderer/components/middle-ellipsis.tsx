import type { ReactNode } from 'react';

const TAIL = 8;

/** Cut between what people see as one character. */
const SEGMENTS = new Intl.Segmenter();

/**
 * A name that may be too long for its place: its end stays, since names of one family differ there; the whole one is in the
 * tooltip. The browser cuts the head, so no width has to be known.
 */
export function MiddleEllipsis({ text }: { readonly text: string }): ReactNode {
  if (text.length <= TAIL * 2)
    return (
      <span className="ellipsis" title={text}>
        {text}
      </span>
    );
  const letters = Array.from(SEGMENTS.segment(text), ({ segment }) => segment);
  return (
    <span style={{ display: 'flex', minWidth: 0, whiteSpace: 'nowrap' }} title={text}>
      <bdi className="ellipsis" style={{ whiteSpace: 'pre' }}>
        {letters.slice(0, -TAIL).join('')}
      </bdi>
      <bdi style={{ flex: 'none', whiteSpace: 'pre' }}>{letters.slice(-TAIL).join('')}</bdi>
    </span>
  );
}
