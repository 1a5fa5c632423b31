import type { PreviewState } from '../../../../src-shared/contract/plans.ts';

/** Width of one letter of the data font, and what stands around it, pixels. */
const LETTER = 7.3;
const AROUND = 20;
const HEAD_LETTER = 6.6;
const MIN = 56;
const MAX_TEXT = 260;
/** As long as an exact number may be before even it is cut: a page's width. */
const MAX_EXACT = 1200;

/** How wide a column of rows is drawn: figures are never cut, text is. */
export function widthOf({ name, kind }: PreviewState['columns'][number], values: readonly (string | null)[]): number {
  const longest = values.reduce((most, value) => Math.max(most, (value ?? 'NULL').length), 0);
  const head = name.length * HEAD_LETTER + AROUND + 18;
  const exact = kind === 'number' || kind === 'time';
  const wanted = Math.max(longest * LETTER + AROUND, Math.min(head, 180));
  return Math.round(Math.max(MIN, Math.min(wanted, exact ? MAX_EXACT : MAX_TEXT)));
}
