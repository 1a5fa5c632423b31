import { isJoiner } from '../../src-shared/util/joiners.ts';

export interface VisiblePart {
  readonly text: string;
  /** Stands for a character that cannot be seen. */
  readonly mark: boolean;
  /** The code point it stands for. */
  readonly title?: string;
}

/** White space at either end, control characters, and characters that change direction or take no room. */
const UNSEEN = /^ +| +$|[\u0000-\u001f\u007f-\u009f\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const NAMED: Readonly<Record<string, string>> = { '\n': '↵', '\r': '←', '\t': '⇥' };

/** A value in parts: what is seen as it is, and marks in place of what is not. */
export function visibleParts(value: string): readonly VisiblePart[] {
  const parts: VisiblePart[] = [];
  let from = 0;
  for (const match of value.matchAll(UNSEEN)) {
    if (isJoiner(value, match.index)) continue;
    if (match.index > from) parts.push({ text: value.slice(from, match.index), mark: false });
    parts.push({ text: markOf(match[0]), mark: true, title: codeOf(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < value.length) parts.push({ text: value.slice(from), mark: false });
  return parts;
}

function markOf(unseen: string): string {
  if (unseen.startsWith(' ')) return '·'.repeat(unseen.length);
  const named = NAMED[unseen];
  if (named !== undefined) return named;
  const code = unseen.codePointAt(0) ?? 0;
  // The control pictures of Unicode stand in the order of the characters they picture.
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : `⟨${hexOf(code)}⟩`;
}

const hexOf = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');

const codeOf = (unseen: string): string => `U+${hexOf(unseen.codePointAt(0) ?? 0)}`;
