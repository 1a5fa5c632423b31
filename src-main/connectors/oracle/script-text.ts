/**
 * Texts for scripts that SQL*Plus runs. It looks at lines before the server sees them: an empty one or a slash may end a
 * statement, and none may be longer than some 2,500 characters. So no line break of a name or value is one of the script.
 */

const BREAK = /[\r\n]/;
const MAX_LINE = 1000;

/** A text as an expression: short literals joined, on lines of their own where there are many. */
export function lineLiteral(text: string): string {
  const pieces = text.split(/([\r\n])/).flatMap((part) => (BREAK.test(part) ? [part] : inPieces(part)));
  const words = pieces
    .filter((piece) => piece !== '')
    .map((piece) => (BREAK.test(piece) ? `CHR(${piece.charCodeAt(0)})` : `'${piece.replaceAll("'", "''")}'`));
  return words.length === 0 ? "''" : words.join(words.length > 2 ? ' ||\n    ' : ' || ');
}

function inPieces(text: string): readonly string[] {
  const characters = Array.from(text);
  const count = Math.ceil(characters.length / MAX_LINE);
  return Array.from({ length: count }, (_, at) => characters.slice(at * MAX_LINE, (at + 1) * MAX_LINE).join(''));
}

/**
 * A statement without its end, made of parts, each on a line of its own; where one of them holds a line break or is too long
 * for a line, the whole goes to the server as a text.
 */
export function statement(parts: readonly string[]): string {
  if (!parts.some((part) => BREAK.test(part) || part.length > 2 * MAX_LINE)) return `${parts.join('\n')};`;
  return `BEGIN\n  EXECUTE IMMEDIATE TO_CLOB('') ||\n    ${lineLiteral(parts.join('\n'))};\nEND;\n/`;
}

/** Whatever the person's own settings are. */
export const sessionLines: readonly string[] = [
  ...['SET DEFINE OFF', 'SET ESCAPE OFF', 'SET SQLBLANKLINES ON', 'SET FEEDBACK OFF'],
  'WHENEVER SQLERROR EXIT FAILURE ROLLBACK',
  'WHENEVER OSERROR EXIT FAILURE ROLLBACK',
  'BEGIN',
  "  IF ASCIISTR('é') <> '\\00E9' THEN",
  "    RAISE_APPLICATION_ERROR(-20000, 'The client reads this script in another encoding: set NLS_LANG=.AL32UTF8');",
  '  END IF;',
  'END;',
  '/',
  "ALTER SESSION SET NLS_NUMERIC_CHARACTERS = '.,' NLS_DATE_LANGUAGE = 'AMERICAN' NLS_CALENDAR = 'GREGORIAN';",
  "ALTER SESSION SET NLS_COMP = 'BINARY' NLS_SORT = 'BINARY' TIME_ZONE = '+00:00';",
];

/** A line of a comment: at its end, a hyphen would take the next line in. */
export const closedComment = (line: string): string => (/-\s*$/.test(line) && line !== '--' ? `${line} .` : line);
