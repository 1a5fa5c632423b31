// A process of its own beside each test server: it ends the server and removes its folder when the pipe from the test
// closes, which the kernel does however the test process ends. In a session of its own, so Ctrl+C does not reach it.
// Told to over its channel, it takes the server down for a while, and says each time which process it is now.
// Usage: node keeper.ts FOLDER SIGNAL UID GID COMMAND ARGUMENT…
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { descendantsOf } from './process-tree.ts';

const GRACE_MS = 10_000;
const [folder = '', signal = 'SIGTERM', uid = '', gid = '', command = '', ...args] = process.argv.slice(2);

let asked = false;
/** Its end is not the end of the folder: it is to come up again. */
let isDown = false;
let server = launch();

function launch(): ChildProcess {
  const launched = spawn(command, args, {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...(uid === '' ? {} : { uid: Number(uid), gid: Number(gid) }),
  });
  launched.on('error', (error) => {
    process.stderr.write(`${command}: ${error.message}\n`);
    finish(1);
  });
  launched.on('spawn', () => process.send?.({ pid: launched.pid }));
  // After the listeners that `end` adds for the same event.
  launched.on('exit', () =>
    setImmediate(() => {
      if (asked || !isDown) finish(asked ? 0 : 1);
      else process.send?.({ pid: null });
    }),
  );
  return launched;
}

function end(): void {
  if (asked) return;
  asked = true;
  if (server.exitCode !== null || server.signalCode !== null) finish(0);
  const descendants = server.pid === undefined ? [] : descendantsOf(server.pid);
  server.kill(signal as NodeJS.Signals);
  // A frozen one hears nothing but this.
  server.kill('SIGCONT');
  setTimeout(() => server.kill('SIGKILL'), GRACE_MS).unref();
  server.once('exit', () => descendants.forEach(killIfAlive));
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return; // It ended by itself.
  }
}

function finish(code: number): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}

process.on('message', (told: { readonly down?: NodeJS.Signals }) => {
  isDown = told.down !== undefined;
  if (told.down !== undefined) server.kill(told.down);
  else server = launch();
});
process.stdin.resume();
process.stdin.on('close', end);
process.on('SIGINT', end);
process.on('SIGTERM', end);
