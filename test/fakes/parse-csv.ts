import type { CsvProfile } from '../../src-shared/model/csv-profile.ts';

/** The oracle: reads CSV text by the letter of a profile, slowly; NULL and the equal text stay apart. */
export function parseCsv(text: string, profile: CsvProfile): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    const field = profile.quote !== '' && text.startsWith(profile.quote, at) ? quoted(at) : bare(at);
    row.push(field.value);
    at = field.end;
    if (text.startsWith(profile.delimiter, at)) at += profile.delimiter.length;
    else if (text.startsWith(profile.lineEnding, at)) {
      at += profile.lineEnding.length;
      rows.push(row);
      row = [];
    } else throw new SyntaxError(`neither delimiter nor line ending at ${at}`);
  }
  if (row.length > 0) throw new SyntaxError('the last line has no ending');
  return rows;

  function quoted(start: number): { value: string; end: number } {
    let value = '';
    for (let i = start + 1; i < text.length; i++) {
      const char = text.charAt(i);
      if (char === profile.quote && profile.escape === profile.quote && text.charAt(i + 1) === profile.quote) {
        value += char;
        i++;
      } else if (char === profile.quote) return { value, end: i + 1 };
      else if (char === profile.escape) value += text.charAt(++i);
      else value += char;
    }
    throw new SyntaxError('the text ends within quotes');
  }

  function bare(start: number): { value: string | null; end: number } {
    let value = '';
    let i = start;
    for (; i < text.length; i++) {
      if (text.startsWith(profile.delimiter, i) || text.startsWith(profile.lineEnding, i)) break;
      if (profile.quote === '' && profile.escape === text.charAt(i)) {
        const letter = text.charAt(++i);
        value += { n: '\n', r: '\r', t: '\t' }[letter] ?? letter;
      } else value += text.charAt(i);
    }
    return { value: text.slice(start, i) === profile.null ? null : value, end: i };
  }
}
