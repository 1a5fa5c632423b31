import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const PROGRAM = `
import { DatabaseSync } from 'node:sqlite';
const db = new DatabaseSync(process.argv[1], { timeout: 1000 });
process.on('message', ({ text, ask }) => {
  try {
    const number = ask ? Number(Object.values(db.prepare(text).get())[0]) : 0;
    if (!ask) db.exec(text);
    process.send({ number });
  } catch (error) {
    process.send({ error: String(error) });
  }
});
process.on('disconnect', () => process.exit());
process.send({ number: 0 });
`;

interface Answer {
  readonly number?: number;
  readonly error?: string;
}

/** Another process that has a database file open for writing: locks of one process do not hold against itself. */
export class SqliteOwner {
  readonly #child: ChildProcess;
  readonly #ready: Promise<unknown>;

  constructor(file: string) {
    this.#child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', PROGRAM, file], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#ready = once(this.#child, 'message');
  }

  /** Runs statements. */
  run(text: string): Promise<number> {
    return this.#send({ text, ask: false });
  }

  /** The first number a statement gives. */
  ask(text: string): Promise<number> {
    return this.#send({ text, ask: true });
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }

  async #send(order: { readonly text: string; readonly ask: boolean }): Promise<number> {
    await this.#ready;
    const answered = once(this.#child, 'message');
    this.#child.send(order);
    // The program above sends nothing else.
    const [{ number, error }] = (await answered) as [Answer];
    if (error !== undefined) throw new Error(error);
    return number ?? 0;
  }
}
