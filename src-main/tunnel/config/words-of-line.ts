/**
 * The keyword and the words of a line of ssh_config(5): `Keyword word "two words"` or `Keyword=word`. Empty: a comment, or
 * nothing. null: a quote is not closed.
 */
export function wordsOfLine(line: string): string[] | null {
  const [, keyword = '', rest = ''] = /^\s*([^\s=#"]+)(?:\s*=\s*|\s+|$)(.*)$/.exec(line) ?? [];
  if (keyword === '') return [];
  const words = [keyword];
  let word: string | null = null;
  let isQuoted = false;
  for (const char of rest) {
    if (char === '"') {
      isQuoted = !isQuoted;
      word ??= '';
    } else if (!isQuoted && /\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (!isQuoted && char === '#' && word === null) break;
    else word = (word ?? '') + char;
  }
  if (isQuoted) return null;
  if (word !== null) words.push(word);
  return words;
}
