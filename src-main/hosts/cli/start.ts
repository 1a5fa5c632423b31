import { performance } from 'node:perf_hooks';
import { exitCodeOf } from '../../../src-shared/errors/catalog.ts';
import { compose, type ComposeOptions } from '../../compose.ts';
import { interruptHandler } from './interrupts.ts';
import { lastNet } from './last-net.ts';
import { runCli } from './run-cli.ts';

/** The process: everything below takes it as a value. `begun`: what was begun while this was being loaded. */
export async function start(begun: ComposeOptions['begun']): Promise<void> {
  const controller = new AbortController();
  const interrupt = interruptHandler({
    stop: () => controller.abort(),
    leave: () => process.exit(130),
    monotonicMs: () => performance.now(),
  });
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);

  // Windows has no such signal; SIGUSR1 is taken by Node's inspector. Unheard, it would end the process.
  const pauseActs = new Set<() => void>();
  if (process.platform !== 'win32') process.on('SIGUSR2', () => pauseActs.forEach((act) => act()));

  const net = lastNet(process.argv.slice(2), { io: process, leave: (code) => process.exit(code) });
  process.on('unhandledRejection', net);
  process.on('uncaughtException', net);
  heedLostOutput();

  const code = await runCli(process.argv.slice(2), {
    io: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env, cwd: process.cwd() },
    signal: controller.signal,
    onPauseSignal: (act) => {
      pauseActs.add(act);
      return () => pauseActs.delete(act);
    },
    compose,
    begun: begun ?? null,
  });
  process.exitCode = code;
  // Sockets that a dead peer keeps open must not hold the process.
  setTimeout(() => process.exit(code), 350).unref();
}

/**
 * A reader that has seen enough closes the pipe (`| head`): that is no failure, least of all of a run. A result that could
 * not be written is one, even if everything else went well.
 */
function heedLostOutput(): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.once('exit', reportLostResult);
  });
}

function reportLostResult(): void {
  if (process.exitCode !== 0) return;
  process.stderr.write('SPOOL/WRITE_FAILED: The result could not be written to standard output.\n');
  process.stderr.write('→ Check where the output goes, and run the command again.\n');
  process.exitCode = exitCodeOf('SPOOL/WRITE_FAILED');
}
