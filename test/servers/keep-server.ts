import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { descendantsOf } from './process-tree.ts';

/** What may befall a server, and be over again. */
export interface ServerFaults {
  /** Stops the server where it stands, with all its processes: what is sent to it waits in the kernel. */
  freeze(): void;
  /** Lets it go on. */
  thaw(): void;
  /** Ends the server by this signal; its files stay. Resolves when it is gone. */
  down(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again on its files and its port. Resolves when it answers. */
  up(): Promise<void>;
}

/** A user of the system to run a server as; null: the one who runs the tests. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

export interface ServerCommand {
  /** Made by `serverFolder`; removed when the server has ended. */
  readonly folder: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly runAs: RunAs | null;
  readonly stopSignal: NodeJS.Signals;
  readonly env?: NodeJS.ProcessEnv;
  /** Resolves when the server answers; called at each start. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
}

export interface KeptServer extends ServerFaults {
  /** Resolves when the process is gone and its folder removed. May be called twice. */
  stop(): Promise<void>;
}

const KEEPER = fileURLToPath(new URL('./keeper.ts', import.meta.url));
const START_LIMIT_MS = 60_000;

/** A new private folder for one server. */
export function serverFolder(name: string, owner: RunAs | null): string {
  const folder = mkdtempSync(join(tmpdir(), `waybill-${name}-`));
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

/** Starts a server under a keeper, so that neither process nor folder outlives this process, and waits until it answers. */
export async function keepServer(server: ServerCommand): Promise<KeptServer> {
  const log = openSync(join(server.folder, 'server.log'), 'a+', 0o600);
  const identity = server.runAs === null ? ['', ''] : [String(server.runAs.uid), String(server.runAs.gid)];
  const keeper = spawn(
    process.execPath,
    [KEEPER, server.folder, server.stopSignal, ...identity, server.command, ...server.args],
    { detached: true, stdio: ['pipe', log, log, 'ipc'], env: keeperEnvironment(server.env) },
  );
  const ended = new Promise<void>((resolve) => {
    keeper.once('exit', () => resolve());
    keeper.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    keeper.ref();
    keeper.stdin?.destroy();
    await ended;
  };
  const faults = faultsOf(keeper, () => untilReady(server, ended));
  try {
    await untilReady(server, ended);
  } catch (cause) {
    await stop();
    rmSync(server.folder, { recursive: true, force: true });
    throw new Error(`${server.command} did not start:\n${lastWords(log)}`, { cause });
  } finally {
    closeSync(log);
  }
  // A server nobody stopped must not keep the test process running; its end closes the pipe.
  keeper.unref();
  keeper.channel?.unref();
  return { stop, ...faults };
}

async function untilReady({ ready }: ServerCommand, ended: Promise<void>): Promise<void> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new Error('it did not answer in time')), START_LIMIT_MS);
  try {
    await Promise.race([ready(limit.signal), ended.then(() => Promise.reject(new Error('it ended at once')))]);
  } catch (cause) {
    limit.abort(cause);
    throw cause;
  } finally {
    clearTimeout(timer);
  }
}

function faultsOf(keeper: ChildProcess, ready: () => Promise<void>): ServerFaults {
  let pid: number | null = null;
  let gone = Promise.withResolvers<void>();
  keeper.on('message', (told: { readonly pid: number | null }) => {
    pid = told.pid;
    if (pid === null) gone.resolve();
  });
  const signal = (name: NodeJS.Signals): void => {
    if (pid === null) throw new Error('the server is down');
    // The first process first, so that it starts no other meanwhile.
    for (const each of [pid, ...descendantsOf(pid)]) process.kill(each, name);
  };
  return {
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    down: (name) => {
      gone = Promise.withResolvers();
      keeper.send({ down: name });
      return gone.promise;
    },
    up: () => {
      keeper.send({});
      return ready();
    },
  };
}

/** The end of a log, read through its descriptor: the file itself is gone together with its folder. */
function lastWords(log: number): string {
  const size = fstatSync(log).size;
  const buffer = Buffer.alloc(Math.min(size, 4000));
  readSync(log, buffer, 0, buffer.length, size - buffer.length);
  return buffer.toString('utf8');
}

/** Servers get a plain environment: nothing of the test runner's, and messages in English. */
function keeperEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: '/nonexistent', LC_ALL: 'C.UTF-8', NODE_NO_WARNINGS: '1', ...extra };
}
