/**
 * Texts for scripts that sqlcmd runs. It looks at lines before the server sees them: a line that says GO ends the batch, one
 * that begins with a colon is a command of its own, wherever it stands. So no line break of a name or value is one of the
 * script.
 */

/** Longer texts need a first part without a limit. */
const SHORT = 4000;
const BREAK = /[\r\n]/;

/** A text as an expression on one line. */
export function lineLiteral(text: string): string {
  const quoted = (part: string): string => `N'${part.replaceAll("'", "''")}'`;
  if (!BREAK.test(text)) return quoted(text);
  const parts = text.split(/([\r\n])/).filter((part) => part !== '');
  const pieces = parts.map((part) => (BREAK.test(part) ? `NCHAR(${part.charCodeAt(0)})` : quoted(part)));
  return `${text.length > SHORT ? "CONVERT(nvarchar(max), N'') + " : ''}${pieces.join(' + ')}`;
}

/** What the scripts run a text of several lines with. */
export const RUN_VARIABLE = '@run';

/**
 * A statement made of parts, each on a line of its own; where one of them holds a line break, the whole goes to the server
 * as a text.
 */
export function statement(parts: readonly string[]): string {
  if (!parts.some((part) => BREAK.test(part))) return parts.join('\n');
  return `SET ${RUN_VARIABLE} = CONVERT(nvarchar(max), N'') + ${lineLiteral(parts.join('\n'))};\nEXEC (${RUN_VARIABLE});`;
}

/** Whatever the person's own settings are; computed columns and filtered indexes ask for them. */
export const sessionLines: readonly string[] = [
  'SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;',
  'SET NUMERIC_ROUNDABORT OFF;',
  'SET NOCOUNT, XACT_ABORT ON;',
  'SET DATEFORMAT ymd;',
  'GO',
  "IF UNICODE(N'é') <> 233 OR DATALENGTH(N'é') <> 2 BEGIN; THROW 50000, N'sqlcmd reads this script in another encoding: run it with -f 65001.', 1; END;",
  `DECLARE ${RUN_VARIABLE} nvarchar(max), @text nvarchar(3750), @schema sysname, @table sysname, @column sysname;`,
];

/** How a person runs a script. */
export const runWith = (script: string): readonly string[] => [
  `sqlcmd -S SERVER -d DATABASE -b -x -I -f 65001 -i ${script}     (Windows)`,
  `sqlcmd -S SERVER -d DATABASE -b -x -I -i ${script}              (Linux, macOS)`,
];
