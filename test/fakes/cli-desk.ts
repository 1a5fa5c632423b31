import { mkdirSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { compose } from '../../src-main/compose.ts';
import { runCli } from '../../src-main/hosts/cli/run-cli.ts';
import { TempFolder } from './temp-folder.ts';

/** What a person does at a question: when the text appears on stderr, this is typed. */
export type Typed = readonly [question: string | RegExp, keys: string];

export interface AtDesk {
  /** Typed at the questions, in order. Given: both streams are terminals. */
  readonly typed?: readonly Typed[];
  /** Width of the terminal. */
  readonly columns?: number;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Shown {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';
export const DESK_PASSPHRASE = 'correct horse battery staple';

/** The command line in this process: real core, real files, a home of its own; terminals that a test types at. */
export class CliDesk implements Disposable {
  readonly #root = new TempFolder();
  readonly home = this.#root.join('home');
  readonly folder = this.#root.join('work');

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

  async run(args: readonly string[], at: AtDesk = {}): Promise<Shown> {
    const terminal = at.typed !== undefined;
    const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      streams[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
    }
    if (terminal) {
      for (const stream of Object.values(streams)) Object.assign(stream, { isTTY: true, columns: at.columns ?? 80 });
      typeAtQuestions(streams, at.typed);
    } else streams.stdin.end(at.stdin ?? '');
    const code = await runCli(args, {
      io: {
        // The command line takes no more of these three than a terminal or a pipe has.
        stdin: streams.stdin as unknown as NodeJS.ReadStream,
        stdout: streams.stdout as unknown as NodeJS.WriteStream,
        stderr: streams.stderr as unknown as NodeJS.WriteStream,
        env: { WAYBILL_HOME: this.home, WAYBILL_PASSPHRASE: DESK_PASSPHRASE, ...at.env },
        cwd: this.folder,
      },
      signal: new AbortController().signal,
      onPauseSignal: () => () => undefined,
      compose,
    });
    return { code, ...texts };
  }

  /** Runs with `--json`; anything but exit code 0 is an error. */
  async json<T>(args: readonly string[], at: AtDesk = {}): Promise<T> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], at);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /** Runs with `--json` what has to fail; its code, its exit code and its words. */
  async refused(args: readonly string[], at: AtDesk = {}): Promise<{ code: string; exit: number; said: string }> {
    const { code: exit, stderr } = await this.run([...args, '--json'], at);
    const { error } = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '') as {
      error: { code: string; message: string; remedy?: string };
    };
    return { code: error.code, exit, said: `${error.message}\n→ ${error.remedy ?? ''}` };
  }

  [Symbol.dispose](): void {
    this.#root[Symbol.dispose]();
  }
}

function typeAtQuestions(
  { stdin, stderr }: { stdin: PassThrough; stderr: PassThrough },
  typed: readonly Typed[],
): void {
  const left = [...typed];
  let since = '';
  stderr.on('data', (text: string) => {
    since += text;
    const [question, keys = ''] = left[0] ?? [];
    if (question === undefined || !(typeof question === 'string' ? since.includes(question) : question.test(since)))
      return;
    left.shift();
    since = '';
    // The question is written once somebody listens for the answer.
    setImmediate(() => stdin.write(keys));
  });
}
