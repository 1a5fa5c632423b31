// A process of its own beside each test server: it ends the server and removes its folder when the pipe from the test
// closes, which the kernel does however the test process ends. In a session of its own, so Ctrl+C does not reach it.
// Usage: node keeper.ts FOLDER SIGNAL UID GID COMMAND ARGUMENT…
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';

const GRACE_MS = 10_000;
const [folder = '', signal = 'SIGTERM', uid = '', gid = '', command = '', ...args] = process.argv.slice(2);

const server = spawn(command, args, {
  cwd: folder,
  stdio: ['ignore', 'inherit', 'inherit'],
  ...(uid === '' ? {} : { uid: Number(uid), gid: Number(gid) }),
});

let asked = false;
function end(): void {
  if (asked) return;
  asked = true;
  const descendants = server.pid === undefined ? [] : descendantsOf(server.pid);
  server.kill(signal as NodeJS.Signals);
  setTimeout(() => server.kill('SIGKILL'), GRACE_MS).unref();
  server.once('exit', () => descendants.forEach(killIfAlive));
}

/** Sessions of sshd, several processes each, outlive their listener; other servers take their children along. */
function descendantsOf(ancestor: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(pids.map((pid) => [Number(pid), parentOf(pid)]));
  const childrenOf = (pid: number): number[] =>
    [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  const below = (pid: number): number[] => childrenOf(pid).flatMap((child) => [child, ...below(child)]);
  return below(ancestor);
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0; // It ended while we looked.
  }
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

server.on('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  finish(1);
});
// After the listeners that `end` adds for the same event.
server.on('exit', () => setImmediate(() => finish(asked ? 0 : 1)));
process.stdin.resume();
process.stdin.on('close', end);
process.on('SIGINT', end);
process.on('SIGTERM', end);
