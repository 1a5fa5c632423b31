import { appError } from '../../../src-shared/errors/app-error.ts';
import { nearest } from '../../../src-shared/util/nearest.ts';
import type { Command, Flags, FlagSpec } from './command.ts';

export const GLOBAL_FLAGS: Readonly<Record<string, FlagSpec>> = {
  home: { kind: 'text', value: 'DIR', help: 'folder of connections, keys, ledger and runs (or WAYBILL_HOME)' },
  json: { kind: 'switch', help: 'one JSON document on stdout' },
  progress: { kind: 'text', value: 'auto|plain|json|none', help: 'how progress is shown on stderr' },
  quiet: { kind: 'switch', help: 'errors and the result line only: no progress, warnings or advice' },
  'passphrase-file': {
    kind: 'text',
    value: 'FILE',
    help: 'passphrase of the passphrase vault (or WAYBILL_PASSPHRASE)',
  },
  help: { kind: 'switch', help: 'this text' },
  version: { kind: 'switch', help: 'the version of Waybill' },
};

export interface ParsedArguments {
  readonly command: Command | null;
  /** Words given, for help on a group such as `connection`. */
  readonly words: readonly string[];
  readonly positionals: readonly string[];
  readonly flags: Flags;
}

/** Splits a command line. Unknown flags are `CLI/USAGE` with the nearest known one. */
export function parseArguments(args: readonly string[], commands: readonly Command[]): ParsedArguments {
  const words = leadingWords(args, commands);
  const command = commands.find((candidate) => candidate.path.join(' ') === words.join(' ')) ?? null;
  // Where the command is not known, the flags of all are: what is wrong is the command.
  const specs = { ...GLOBAL_FLAGS, ...(command === null ? everyFlag(commands) : command.flags) };
  const { values, rest } = readFlags(args, specs);
  const positionals = rest.slice(words.length);
  const flags: Flags = {
    text: (name) => values.get(name)?.at(-1),
    texts: (name) => values.get(name) ?? [],
    has: (name) => values.has(name),
  };
  return { command, words: command === null ? rest : words, positionals, flags };
}

// The longest prefix of bare words that names a command.
function leadingWords(args: readonly string[], commands: readonly Command[]): string[] {
  const bare: string[] = [];
  const flags = { ...everyFlag(commands), ...GLOBAL_FLAGS };
  for (let i = 0; i < args.length && bare.length < 2; i++) {
    const arg = args[i] ?? '';
    if (arg.startsWith('-')) {
      const spec = flags[arg.replace(/^--/, '').split('=')[0] ?? ''];
      if (spec?.kind === 'text' && !arg.includes('=')) i += 1;
      continue;
    }
    bare.push(arg);
  }
  for (let length = bare.length; length > 0; length--) {
    const words = bare.slice(0, length);
    if (commands.some((command) => command.path.join(' ') === words.join(' '))) return words;
  }
  return [];
}

function everyFlag(commands: readonly Command[]): Record<string, FlagSpec> {
  return Object.assign({}, ...commands.map((command) => command.flags)) as Record<string, FlagSpec>;
}

function readFlags(
  args: readonly string[],
  specs: Readonly<Record<string, FlagSpec>>,
): { values: Map<string, string[]>; rest: string[] } {
  const values = new Map<string, string[]>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      rest.push(...args.slice(i + 1));
      break;
    }
    if (arg === '-h') values.set('help', ['']);
    // Of `-psecret` no more than `-p` is repeated.
    else if (/^-[a-z]/i.test(arg)) throw unknownShortFlag(arg.slice(0, 2));
    else if (!arg.startsWith('--')) rest.push(arg);
    else i += readFlag(arg, { next: args[i + 1], specs, values });
  }
  return { values, rest };
}

function readFlag(
  arg: string,
  {
    next,
    specs,
    values,
  }: { next: string | undefined; specs: Readonly<Record<string, FlagSpec>>; values: Map<string, string[]> },
): number {
  const [name, inline] = splitOnce(arg.slice(2));
  const spec = specs[name];
  if (spec === undefined) throw unknownFlag(name, Object.keys(specs));
  const earlier = values.get(name) ?? [];
  if (earlier.length > 0 && spec.many !== true) throw usage(`--${name} was given twice.`, 'Give it once.');
  if (spec.kind === 'switch') {
    if (inline !== undefined) throw usage(`--${name} takes no value.`, `Write --${name} alone.`);
    values.set(name, [...earlier, '']);
    return 0;
  }
  const value = inline ?? next;
  if (value === undefined || (inline === undefined && value.startsWith('--'))) {
    throw usage(`--${name} needs a value.`, `Write --${name} ${spec.value ?? 'VALUE'}.`);
  }
  values.set(name, [...earlier, value]);
  return inline === undefined ? 1 : 0;
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** How people write a flag for a secret where there is none. */
const SECRET_FLAG = /^(?:pass|passw|passwd|password|pwd|secret)$/i;

function unknownFlag(name: string, known: readonly string[]): Error {
  if (/^passphrase$/i.test(name)) {
    return usage(
      'A passphrase is not taken from the command line, where others can read it.',
      'Give --passphrase-file FILE, or pipe that of a key and add --passphrase-stdin.',
    );
  }
  if (SECRET_FLAG.test(name)) {
    return usage(
      'A password is not taken from the command line, where others can read it.',
      'Pipe it and add --password-stdin, as in: printf %s "$PW" | waybill … --password-stdin. At a terminal you are asked.',
    );
  }
  const near = nearest(name, known);
  return usage(
    `There is no flag --${name} here.`,
    near === undefined ? 'See --help for the flags of this command.' : `Did you mean --${near}?`,
  );
}

function unknownShortFlag(name: string): Error {
  return usage(`There is no flag ${name} here.`, 'Flags are whole words; see --help.');
}

/** An error in the command line itself, exit code 2. */
export function usage(message: string, remedy: string): Error {
  return appError('CLI/USAGE', { message, remedy });
}
