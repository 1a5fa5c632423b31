/** Of a stream that is no terminal and says no width. */
export const DEFAULT_COLUMNS = 80;

/** A continued line starts at most here, as a share of the width: what is left must still hold words. */
const HANG_AT_MOST = 0.6;

/** Columns of a stream: the terminal's own; else what COLUMNS says; else 80. */
export function columnsOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): number {
  const given = stream.isTTY === true ? stream.columns : Number(env['COLUMNS'] ?? '');
  return given !== undefined && Number.isSafeInteger(given) && given >= 20 ? given : DEFAULT_COLUMNS;
}

/**
 * Breaks a line at its blanks so that it fits. What has no blank (a path, a digest) and what stands between backticks (a
 * command to copy) stays whole, even where it is too long. Continued lines stand under the last column of the first.
 */
export function wrapLine(line: string, columns: number): string[] {
  if (line.length <= columns) return [line];
  const hang = ' '.repeat(hangOf(line, columns));
  const lines: string[] = [];
  let current = '';
  for (const { gap, word } of wordsOf(line)) {
    const grown = `${current}${gap}${word}`;
    const begins = current.trim() === '';
    if (begins || grown.length <= columns) {
      current = grown;
      continue;
    }
    lines.push(current.trimEnd());
    current = `${hang}${word}`;
  }
  lines.push(current.trimEnd());
  return lines;
}

/** Wraps each line of a text. */
export function wrapText(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, columns))
    .join('\n');
}

// A gap of two blanks or more parts columns; the text after the last one hangs together.
function hangOf(line: string, columns: number): number {
  const indent = line.length - line.trimStart().length;
  let hang = indent + 2;
  for (const gap of line.matchAll(/(?<=\S) {2,}(?=\S)/g)) {
    const after = gap.index + gap[0].length;
    if (after <= columns * HANG_AT_MOST) hang = after;
  }
  return hang;
}

function* wordsOf(line: string): Generator<{ gap: string; word: string }> {
  for (const [, gap = '', word = ''] of line.matchAll(/( *)((?:`[^`]*`|[^ `]|`)+)/g)) yield { gap, word };
}
