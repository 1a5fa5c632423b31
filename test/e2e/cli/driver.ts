import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { ensureBuilt } from '../../../scripts/lib/ensure-built.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { TempFolder } from '../../fakes/temp-folder.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';

const bundle: string = await ensureBuilt(projectRoot);

/** Of every desk's passphrase vault. */
export const PASSPHRASE = 'correct horse battery staple';

export interface Given {
  readonly stdin?: string;
  /** Somebody will type: standard input stays open. */
  readonly keepStdin?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** A program that starts the command line, with its arguments. */
  readonly under?: readonly string[];
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What stdout holds, or with a failure stderr's last line, as JSON; undefined when it is none. */
  readonly json: unknown;
}

export interface Started {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ended: Promise<Ended>;
  /** Resolves when stderr holds the text; rejects when the process ends without having said it. */
  says(text: string): Promise<void>;
}

/**
 * A person's desk: a home of its own, a folder to work in, and the built command line as a child process. Everything runs
 * under umask 000, so that a file mode is Waybill's own doing.
 */
export class Desk implements Disposable {
  readonly #root = new TempFolder();
  readonly home = this.#root.join('home');
  readonly folder = this.#root.join('work');
  /** All that any command printed. */
  printed = '';

  constructor() {
    mkdirSync(this.folder);
  }

  path(...parts: string[]): string {
    return this.#root.join('work', ...parts);
  }

  write(name: string, text: string): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** The folder of the home's only ledger. */
  ledger(): string {
    const found = readdirSync(join(this.home, 'ledger')).filter((name) => /^[0-9a-f]{8}$/.test(name));
    if (found.length !== 1) throw new Error(`${found.length} ledgers in ${this.home}`);
    return join(this.home, 'ledger', found[0] ?? '');
  }

  run(args: readonly string[], given: Given = {}): Promise<Ended> {
    return this.start(args, given).ended;
  }

  /** Runs with `--json` and returns the document; anything but exit code 0 is an error. */
  async json<T>(args: readonly string[], given: Given = {}): Promise<T> {
    const ended = await this.run([...args, '--json'], given);
    if (ended.code !== 0) throw new Error(`${args.join(' ')} ended with ${ended.code}: ${ended.stderr}`);
    return JSON.parse(ended.stdout) as T;
  }

  start(args: readonly string[], given: Given = {}): Started {
    const command = [...(given.under ?? []), pinnedNode(projectRoot), bundle, ...args];
    const child = spawn('/bin/sh', ['-c', 'umask 000 && exec "$@"', 'sh', ...command], {
      cwd: this.folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...{ PATH: process.env.PATH, HOME: this.#root.path, LC_ALL: 'C.UTF-8' },
        // Wide enough that no line is wrapped within what a test looks for.
        ...{ COLUMNS: '2000', WAYBILL_HOME: this.home, WAYBILL_PASSPHRASE: PASSPHRASE, ...given.env },
      },
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
        this.printed += text;
      });
    }
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, ...output, json: documentOf(output) }));
    });
    // A command that reads no input closes the pipe; its exit code tells what happened.
    child.stdin.on('error', () => undefined);
    if (given.keepStdin !== true) child.stdin.end(given.stdin ?? '');
    const says = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.stderr.includes(text)) resolve();
        };
        child.stderr.on('data', look);
        child.once('close', () => reject(new Error(`It never said ${text}: ${output.stderr}`)));
        look();
      });
    return { child, ended, says };
  }

  /** Saves a connection to a database of the test server. */
  async connect(server: ServerAddress, database: string, more: Partial<Login> = {}): Promise<string> {
    const login = { name: 'shop', user: server.user, password: server.password ?? '', host: server.host, ...more };
    const connector = more.connector ?? 'postgres';
    const args = ['connection', 'add', login.name, '--connector', connector, '--database', database];
    const where = ['--host', login.host, '--port', String(login.port ?? server.port), '--user', login.user];
    await this.json([...args, ...where, '--password-stdin', ...(login.flags ?? [])], { stdin: `${login.password}\n` });
    return login.name;
  }

  [Symbol.dispose](): void {
    this.#root[Symbol.dispose]();
  }
}

type ServerAddress = Pick<PostgresAddress, 'host' | 'port' | 'user' | 'password'>;

export interface Login {
  /** The product; PostgreSQL where none is named. */
  readonly connector: string;
  readonly name: string;
  readonly host: string;
  readonly user: string;
  readonly password: string;
  readonly port: number;
  readonly flags: readonly string[];
}

/** The error a failed command printed with `--json`. */
export function errorOf({ json }: Ended): { code: string; kind: string; message: string; remedy?: string } {
  const { error } = json as { error: { code: string; kind: string; message: string; remedy?: string } };
  return error;
}

/** The first error among the findings of `plan check --json`. */
export function firstError({ json }: Ended): { code: string; message: string; remedy?: string } {
  const { ok, findings } = json as { ok: boolean; findings: (ReturnType<typeof firstError> & { severity: string })[] };
  const found = findings.find(({ severity }) => severity === 'error');
  if (ok || found === undefined) throw new Error(`The plan is in order: ${JSON.stringify(json)}`);
  return found;
}

function documentOf({ stdout, stderr }: { stdout: string; stderr: string }): unknown {
  for (const text of [stdout, stderr.trimEnd().split('\n').at(-1) ?? '']) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      continue; // not JSON: the next candidate
    }
  }
  return undefined;
}
