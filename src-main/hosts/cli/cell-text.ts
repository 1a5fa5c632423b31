import { terminalSafe } from './terminal-safe.ts';

/**
 * A value of a database on one line, so that no two values look alike: NULL bare, texts that would pass for something else
 * in quotes, line breaks and control characters as their pictures (␊ ␍ ␉ ␀).
 */
export function cellText(value: string | null): string {
  if (value === null) return 'NULL';
  const pictured = escapeLookAlikes(value).replace(/[\u0000-\u001f\u007f]/g, picture);
  const shown = terminalSafe(pictured);
  return needsQuotes(value) ? `'${shown.replaceAll("'", "''")}'` : shown;
}

function needsQuotes(value: string): boolean {
  return value === '' || value === 'NULL' || value.startsWith("'") || /^\s|\s$/u.test(value);
}

/** What stands for something else here must not come from the value itself. */
function escapeLookAlikes(value: string): string {
  return value.replace(/\\(?=u\{)|[\u2400-\u2426]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

function picture(character: string): string {
  return character === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + character.charCodeAt(0));
}
