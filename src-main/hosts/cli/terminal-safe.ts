import { isJoiner } from '../../../src-shared/util/joiners.ts';

// Control characters (C0, DEL, C1), line and paragraph separators, and the characters that reorder or hide text.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * Foreign text for a terminal: what could move the cursor, reorder or hide text is written as an escape. Joiners stay
 * where a word or a picture needs them.
 */
export function terminalSafe(text: string): string {
  return text.replace(UNSAFE, (character, at: number) => {
    if (isJoiner(text, at)) return character;
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
