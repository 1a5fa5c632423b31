import { isJoiner } from '../../src-shared/util/joiners.ts';

/**
 * Control characters, and characters that change the direction of writing or take no room, but for line breaks and tabs:
 * in a sentence or a statement they could make it read as another one (Unicode Technical Report 36, 2.10).
 */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A text to be read, with the code point in place of each character that cannot be seen. What is copied is the text itself. */
export function seenText(value: string): string {
  return value.replace(UNSEEN, (unseen, at: number) =>
    isJoiner(value, at) ? unseen : `⟨${(unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
