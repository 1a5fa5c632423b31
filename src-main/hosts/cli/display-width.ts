// Blocks whose characters take two cells of a terminal (Unicode TR 11, wide and full width), and emoji.
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u;
const NOTHING = /^[\p{M}\p{Cf}]+$/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Characters as a person counts them, each with the cells it takes on a terminal. */
function cellsOf(text: string): readonly (readonly [character: string, width: number])[] {
  return Array.from(graphemes.segment(text), ({ segment }) => [segment, widthOf(segment)] as const);
}

function widthOf(character: string): number {
  if (NOTHING.test(character)) return 0;
  return WIDE.test(character) || character.includes('\ufe0f') ? 2 : 1;
}

/** Cells of a terminal that a text takes. */
export function displayWidth(text: string): number {
  // Printable ASCII, nearly always: one each.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return cellsOf(text).reduce((sum, [, width]) => sum + width, 0);
}

/** The text in so many cells: what does not fit is left out in the middle, with an ellipsis for it. */
export function fitMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const cells = cellsOf(text);
  const room = Math.max(0, width - 1);
  const end = take(cells.toReversed(), Math.floor(room / 2)).toReversed();
  const start = take(cells, room - end.reduce((sum, [, cell]) => sum + cell, 0));
  const shown = (part: typeof cells) => part.map(([character]) => character).join('');
  return `${shown(start)}…${shown(end)}`;
}

function take(cells: readonly (readonly [string, number])[], room: number): readonly (readonly [string, number])[] {
  let left = room;
  const end = cells.findIndex(([, width]) => (left -= width) < 0);
  return end < 0 ? cells : cells.slice(0, end);
}

/** Filled up with blanks to so many cells. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
