import { performance } from 'node:perf_hooks';
import { compose } from '../../compose.ts';
import { interruptHandler } from './interrupts.ts';
import { runCli } from './run-cli.ts';

// The process: everything below takes it as a value.
const controller = new AbortController();
const interrupt = interruptHandler({
  stop: () => controller.abort(),
  leave: () => process.exit(130),
  monotonicMs: () => performance.now(),
});
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);

const code = await runCli(process.argv.slice(2), {
  io: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env, cwd: process.cwd() },
  signal: controller.signal,
  compose,
});
process.exitCode = code;
// Sockets that a dead peer keeps open must not hold the process.
setTimeout(() => process.exit(code), 500).unref();
