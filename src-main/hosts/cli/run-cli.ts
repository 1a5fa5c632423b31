import { isAppError, toAppError } from '../../../src-shared/errors/app-error.ts';
import { exitCodeOf } from '../../../src-shared/errors/catalog.ts';
import type { Core } from '../../app/core.ts';
import { cancelled } from '../../app/cancelled.ts';
import { logFailure } from '../../app/log-failure.ts';
import type { compose, Composition, ComposeOptions } from '../../compose.ts';
import type { CliIo } from './cli-io.ts';
import type { Command, Invocation } from './command.ts';
import { allCommands } from './commands/all-commands.ts';
import { commandHelp, overview } from './help.ts';
import { hostCapabilities } from './host-capabilities.ts';
import { createOutput, type Output } from './output.ts';
import { parseArguments, type ParsedArguments } from './parse-arguments.ts';
import { isStoppedAtPrompt } from './ask.ts';
import { takePassphrase } from './take-passphrase.ts';
import { checkPositionals, commandMissing, unknownCommand } from './unknown-command.ts';
import { columnsOf } from './wrap-text.ts';

export interface CliEnvironment {
  readonly io: CliIo;
  readonly signal: AbortSignal;
  readonly onPauseSignal: Invocation['onPauseSignal'];
  readonly compose: typeof compose;
  /** What the process began with before it was loaded. */
  readonly begun?: ComposeOptions['begun'];
}

/** Runs one command line and returns its exit code; never throws. */
export async function runCli(args: readonly string[], environment: CliEnvironment): Promise<number> {
  const { io } = environment;
  let output = createOutput(io, { json: args.includes('--json'), quiet: args.includes('--quiet') });
  try {
    const commands = allCommands(environment.compose.registries());
    const parsed = parseArguments(args, commands);
    output = createOutput(io, { json: parsed.flags.has('json'), quiet: parsed.flags.has('quiet') });
    if (parsed.flags.has('version')) {
      io.stdout.write(`waybill ${environment.compose.version}\n`);
      return 0;
    }
    if (parsed.command === null || parsed.flags.has('help')) return showHelp(parsed, commands, io);
    checkPositionals({ command: parsed.command, positionals: parsed.positionals }, commands);
    return await runCommand(parsed, { environment, output });
  } catch (error) {
    return fail(error, { output, aborted: environment.signal.aborted });
  }
}

function showHelp({ command, words, flags }: ParsedArguments, commands: readonly Command[], io: CliIo): number {
  const unknown = command === null && words.length > 0 ? unknownCommand(words, commands) : null;
  if (unknown !== null) throw unknown;
  // A page of help is no document that a script could read.
  if (flags.has('json') && !flags.has('help')) throw commandMissing(words[0] ?? '', commands);
  const asked = flags.has('help') || words.length === 0;
  const stream = asked ? io.stdout : io.stderr;
  const columns = columnsOf(stream, io.env);
  stream.write(`${command === null ? overview(commands, words, columns) : commandHelp(command, columns)}\n`);
  return asked ? 0 : 2;
}

async function runCommand(
  parsed: ParsedArguments,
  { environment, output }: { environment: CliEnvironment; output: Output },
): Promise<number> {
  const { io, signal, onPauseSignal } = environment;
  const given = await takePassphrase(parsed.flags, io);
  const home = parsed.flags.text('home') ?? io.env['WAYBILL_HOME'];
  const options: ComposeOptions = {
    ...(home === undefined || home === '' ? {} : { home }),
    passphrase: given?.passphrase ?? null,
    begun: environment.begun ?? null,
    ...(given === null ? {} : { passphraseFrom: given.from }),
    host: hostCapabilities({ io, signal }),
    env: io.env,
    throwAway: false,
  };
  const made: { composition: Promise<Composition> | null } = { composition: null };
  const core = async (): Promise<Core> => (await (made.composition ??= environment.compose.core(options))).core;
  const invocation: Invocation = {
    positionals: parsed.positionals,
    flags: parsed.flags,
    output,
    signal,
    onPauseSignal,
    core,
    io,
    verifier: environment.compose.verifier(options),
    demoCore: (root) => environment.compose.core({ ...options, home: root, throwAway: true }),
  };
  try {
    const command = parsed.command;
    return command === null ? 2 : await command.run(invocation);
  } catch (error) {
    const ready = await made.composition?.catch(() => null);
    if (ready !== undefined && ready !== null) logFailure(ready.core, parsed.words.join(' '), error);
    throw error;
  } finally {
    await made.composition?.then(
      (ready) => ready.close(),
      () => undefined, // it never came to be: its error was thrown where it was asked for
    );
  }
}

function fail(error: unknown, { output, aborted }: { output: Output; aborted: boolean }): number {
  const known = aborted && !isAppError(error) ? toAppError(cancelled()) : toAppError(error);
  if (output.json || !isStoppedAtPrompt(known)) output.error(known);
  return exitCodeOf(known.code);
}
