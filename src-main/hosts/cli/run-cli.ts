import { isAppError, toAppError } from '../../../src-shared/errors/app-error.ts';
import { exitCodeOf } from '../../../src-shared/errors/catalog.ts';
import type { Core } from '../../app/core.ts';
import { cancelled } from '../../app/cancelled.ts';
import { logFailure } from '../../app/log-failure.ts';
import type { compose, Composition, ComposeOptions } from '../../compose.ts';
import type { CliIo } from './cli-io.ts';
import type { Invocation } from './command.ts';
import { allCommands } from './commands/all-commands.ts';
import { commandHelp, overview } from './help.ts';
import { hostCapabilities } from './host-capabilities.ts';
import { createOutput, type Output } from './output.ts';
import { parseArguments, usage, type ParsedArguments } from './parse-arguments.ts';
import { takePassphrase } from './take-passphrase.ts';

export interface CliEnvironment {
  readonly io: CliIo;
  readonly signal: AbortSignal;
  readonly compose: typeof compose;
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
    if (parsed.command === null || parsed.flags.has('help')) {
      return showHelp(parsed, {
        output,
        io,
        text: () => (parsed.command === null ? overview(commands, parsed.words) : commandHelp(parsed.command)),
        known: commands.map((command) => command.path[0] ?? ''),
      });
    }
    return await runCommand(parsed, { environment, output });
  } catch (error) {
    return fail(error, { output, aborted: environment.signal.aborted });
  }
}

function showHelp(
  parsed: ParsedArguments,
  { io, text, known }: { output: Output; io: CliIo; text: () => string; known: readonly string[] },
): number {
  const asked = parsed.flags.has('help') || parsed.words.length === 0;
  if (!asked && !known.includes(parsed.words[0] ?? '')) {
    throw usage(`There is no command "${parsed.words.join(' ')}".`, 'See: waybill --help');
  }
  (asked ? io.stdout : io.stderr).write(`${text()}\n`);
  return asked ? 0 : 2;
}

async function runCommand(
  parsed: ParsedArguments,
  { environment, output }: { environment: CliEnvironment; output: Output },
): Promise<number> {
  const { io, signal } = environment;
  const passphrase = await takePassphrase(parsed.flags, io);
  const home = parsed.flags.text('home') ?? io.env['WAYBILL_HOME'];
  const options: ComposeOptions = {
    ...(home === undefined || home === '' ? {} : { home }),
    passphrase,
    host: hostCapabilities(io),
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
  output.error(known);
  return exitCodeOf(known.code);
}
