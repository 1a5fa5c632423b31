import type { Command, FlagSpec } from './command.ts';
import { GLOBAL_FLAGS } from './parse-arguments.ts';
import { wrapExample } from './wrap-example.ts';
import { wrapText } from './wrap-text.ts';

/** Help for one command, with an example, at most `columns` wide. */
export function commandHelp(command: Command, columns: number): string {
  const own = flagLines(command.flags);
  const text = [
    `waybill ${command.path.join(' ')} ${command.usage}`.trimEnd(),
    '',
    command.summary,
    ...(command.details ?? []).flatMap((paragraph) => ['', paragraph]),
    ...(own.length === 0 ? [] : ['', 'Flags:', ...own]),
    '',
    'For every command:',
    ...flagLines(GLOBAL_FLAGS),
    '',
    'Example:',
  ].join('\n');
  return [unhung(text, columns), ...wrapExample(command.example, columns - 2).map((line) => `  ${line}`)].join('\n');
}

const LEFT_AT_MOST = 30;

/** The list of commands, all or those that begin with `words`. */
export function overview(commands: readonly Command[], words: readonly string[], columns: number): string {
  const shown = commands.filter((command) => words.every((word, i) => command.path[i] === word));
  const pairs = (shown.length === 0 ? commands : shown).map((command): [string, string] => [
    `${command.path.join(' ')} ${command.usage}`.trimEnd(),
    command.summary,
  ]);
  const text = [
    'Waybill: pick, mask, preview, run, deliver and prove a data export.',
    '',
    'waybill COMMAND …',
    '',
    ...twoColumns(pairs),
    '',
    'For every command:',
    ...flagLines(GLOBAL_FLAGS),
    '',
    'Help with an example: waybill COMMAND --help',
    'Start with: waybill demo',
  ].join('\n');
  return unhung(text, columns);
}

function flagLines(flags: Readonly<Record<string, FlagSpec>>): string[] {
  return twoColumns(
    Object.entries(flags).map(([name, spec]): [string, string] => [
      `--${name}${spec.kind === 'text' ? ` ${spec.value ?? 'VALUE'}` : ''}`,
      spec.many === true ? `${spec.help} (several times)` : spec.help,
    ]),
  );
}

/** What is too long for the left column stands on a line of its own. */
function twoColumns(pairs: readonly (readonly [left: string, right: string])[]): string[] {
  const width = Math.min(LEFT_AT_MOST, Math.max(0, ...pairs.map(([left]) => left.length)));
  return pairs.flatMap(([left, right]) =>
    left.length > width ? [`  ${left}`, `${' '.repeat(width + 4)}${right}`] : [`  ${left.padEnd(width)}  ${right}`],
  );
}

/** Paragraphs go on at the margin, and right columns, alone on their line, under themselves. */
function unhung(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => {
      const indent = line.length - line.trimStart().length;
      if (indent === 2) return wrapText(line, columns);
      const margin = ' '.repeat(indent);
      const wrapped = wrapText(line.trimStart(), columns - indent).split('\n');
      return wrapped.map((each) => `${margin}${each.trimStart()}`).join('\n');
    })
    .join('\n');
}
