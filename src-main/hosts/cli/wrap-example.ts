/** Goes on with the same command in the next line of a shell. */
const GOES_ON = ' \\';

/** An example as it can be pasted into a shell: broken between words, never inside quotes. */
export function wrapExample(example: string, columns: number): string[] {
  if (example.length <= columns) return [example];
  const lines: string[] = [];
  let current = '';
  for (const { gap, word } of shellWords(example)) {
    const grown = `${current}${current === '' ? '' : gap}${word}`;
    if (current === '' || grown.length + GOES_ON.length <= columns) {
      current = grown;
      continue;
    }
    lines.push(`${current}${GOES_ON}`);
    current = `    ${word}`;
  }
  return [...lines, current];
}

/** The words of a command line, each as it is written, with the blanks before it. */
export function* shellWords(line: string): Generator<{ gap: string; word: string }> {
  for (const [, gap = '', word = ''] of line.matchAll(/(\s*)((?:"[^"]*"|'[^']*'|[^\s"'])+)/g)) yield { gap, word };
}
