import { nearest } from '../../../src-shared/util/nearest.ts';
import type { Command } from './command.ts';
import { usage } from './parse-arguments.ts';

/**
 * What to say of words that name no command. null: they name a group of commands (`ledger`), whose list helps more than an
 * error does.
 */
export function unknownCommand(words: readonly string[], commands: readonly Command[]): Error | null {
  const [first = '', second] = words;
  const members = commands.filter(({ path }) => path[0] === first && path.length > 1);
  if (members.length > 0 && second === undefined) return null;
  const group = members.length === 0 ? '' : `${first} `;
  const known = members.length === 0 ? firstWords(commands) : members.map(({ path }) => path[1] ?? '');
  const given = group === '' ? first : (second ?? '');
  const near = nearest(given, known);
  return usage(
    `There is no command "${group}${given}".`,
    near === undefined
      ? `There ${known.length === 1 ? 'is' : 'are'}: ${known.join(', ')}.`
      : `Did you mean: waybill ${group}${near}`,
  );
}

/** Throws `CLI/USAGE` for too few or too many words after a command. */
export function checkPositionals(
  { command, positionals }: { command: Command; positionals: readonly string[] },
  commands: readonly Command[],
): void {
  const { min, max } = command.positionals;
  if (positionals.length >= min && positionals.length <= max) return;
  // `runs shwo`: a command that is a group, too, and takes no word of its own.
  const meant = max === 0 ? unknownCommand([...command.path, ...positionals], commands) : null;
  const isGroup = commands.some(({ path }) => path.length > 1 && path[0] === command.path.join(' '));
  if (meant !== null && isGroup) throw meant;
  const fact = positionals.length < min ? 'Something is missing' : `"${positionals[max] ?? ''}" is one word too many`;
  throw usage(`${fact}: waybill ${command.path.join(' ')} ${command.usage}.`, `Example: \`${command.example}\``);
}

/** For scripts, which get no page of help: a group needs one of its commands. */
export function commandMissing(group: string, commands: readonly Command[]): Error {
  const known = commands.filter(({ path }) => path[0] === group && path.length > 1).map(({ path }) => path.join(' '));
  return usage(
    group === '' ? 'A command is missing.' : `"${group}" needs a command.`,
    group === '' ? 'See: waybill --help' : `One of: ${known.join(', ')}.`,
  );
}

function firstWords(commands: readonly Command[]): string[] {
  return [...new Set(commands.map(({ path }) => path[0] ?? ''))];
}
