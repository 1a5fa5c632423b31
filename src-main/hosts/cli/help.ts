import type { Command, FlagSpec } from './command.ts';
import { GLOBAL_FLAGS } from './parse-arguments.ts';

/** Help for one command, with an example. */
export function commandHelp(command: Command): string {
  const own = flagLines(command.flags);
  return [
    `waybill ${command.path.join(' ')} ${command.usage}`.trimEnd(),
    '',
    command.summary,
    ...(own.length === 0 ? [] : ['', 'Flags:', ...own]),
    '',
    'For every command:',
    ...flagLines(GLOBAL_FLAGS),
    '',
    'Example:',
    `  ${command.example}`,
  ].join('\n');
}

/** The list of commands, all or those that begin with `words`. */
export function overview(commands: readonly Command[], words: readonly string[] = []): string {
  const shown = commands.filter((command) => words.every((word, i) => command.path[i] === word));
  const lines = (shown.length === 0 ? commands : shown).map((command): [string, string] => [
    `${command.path.join(' ')} ${command.usage}`.trimEnd(),
    command.summary,
  ]);
  const width = Math.min(44, Math.max(...lines.map(([left]) => left.length)));
  return [
    'Waybill: pick, mask, preview, run, deliver and prove a data export.',
    '',
    'waybill COMMAND …',
    '',
    ...lines.map(([left, right]) =>
      left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`,
    ),
    '',
    'For every command:',
    ...flagLines(GLOBAL_FLAGS),
    '',
    'Start with: waybill demo',
  ].join('\n');
}

function flagLines(flags: Readonly<Record<string, FlagSpec>>): string[] {
  const lines = Object.entries(flags).map(([name, spec]): [string, string] => [
    `--${name}${spec.kind === 'text' ? ` ${spec.value ?? 'VALUE'}` : ''}`,
    spec.many === true ? `${spec.help} (several times)` : spec.help,
  ]);
  const width = Math.min(40, Math.max(0, ...lines.map(([left]) => left.length)));
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
