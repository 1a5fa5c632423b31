import { memo, type ReactNode } from 'react';
import { visibleParts } from './visible-parts.ts';
import { seenText } from '../text/seen-text.ts';

const TAIL = 8;

/** A box, since only boxes are cut with a mark. */
const SHORT = { display: 'inline-block', maxWidth: '100%', verticalAlign: 'bottom' } as const;

/** Cut between what people see as one character. */
const SEGMENTS = new Intl.Segmenter();
/** Scripts from right to left: in two boxes their parts would change places, and letters at the cut their shape. */
const LEFTWARDS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * A name that may be too long for its place: its end stays, since names of one family differ there, and its first letters,
 * which say what it is; the whole one is in the tooltip. The browser cuts the head, so no width has to be known. What cannot
 * be seen in it is drawn as a mark: a name stays on its line and reads in its own order. One with letters that run from
 * right to left is cut at its end.
 */
export const MiddleEllipsis = memo(function MiddleEllipsis({ text }: { readonly text: string }): ReactNode {
  const shown = PLAIN.test(text) ? text : seen(text);
  if (shown.length <= TAIL * 2 || LEFTWARDS.test(shown))
    return (
      <bdi className="ellipsis" style={SHORT} title={seenText(text)}>
        {shown}
      </bdi>
    );
  const [head, tail] = cut(shown);
  return (
    <span style={{ display: 'flex', minWidth: 0, whiteSpace: 'nowrap' }} title={seenText(text)}>
      <bdi className="ellipsis" style={{ flexShrink: 9999, minWidth: '3ch', whiteSpace: 'pre' }}>
        {head}
      </bdi>
      <bdi className="ellipsis" style={{ whiteSpace: 'pre' }}>
        {tail}
      </bdi>
    </span>
  );
});

const seen = (text: string): string =>
  visibleParts(text)
    .map((part) => part.text)
    .join('');

function cut(text: string): readonly [head: string, tail: string] {
  if (PLAIN.test(text)) return [text.slice(0, -TAIL), text.slice(-TAIL)];
  const letters = Array.from(SEGMENTS.segment(text), ({ segment }) => segment);
  return [letters.slice(0, -TAIL).join(''), letters.slice(-TAIL).join('')];
}
