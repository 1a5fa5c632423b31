import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { appError, isAppError } from '../../../src-shared/errors/app-error.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { CliIo } from './cli-io.ts';
import { usage } from './parse-arguments.ts';
import { terminalSafe } from './terminal-safe.ts';

/** A person at a terminal who can be asked. */
export interface Asker {
  readonly io: CliIo;
  readonly signal: AbortSignal;
}

/** Asks without showing what is typed; null for an empty answer. */
export async function askSecret(asker: Asker, question: string): Promise<SecretText | null> {
  const answer = await readLine(asker, { prompt: prompt(question), hidden: true });
  return answer === '' ? null : new SecretText(answer);
}

/** Asks for a line; the answer without its line end. */
export function askText(asker: Asker, question: string): Promise<string> {
  return readLine(asker, { prompt: prompt(question), hidden: false });
}

/** Asks a question that ends with `[y/N]`; only yes is yes. */
export async function askYesNo(asker: Asker, question: string): Promise<boolean> {
  const answer = await readLine(asker, { prompt: `${question.trimEnd()} `, hidden: false });
  return /^y(es)?$/i.test(answer.trim());
}

/** Whether somebody stopped the command at a question: they know, and need not be told. */
export function isStoppedAtPrompt(error: unknown): boolean {
  return isAppError(error, 'RUN/CANCELLED') && error.context['atPrompt'] === true;
}

/** Whoever asks, the prompt ends with a colon and a blank. */
function prompt(question: string): string {
  return `${question.trimEnd().replace(/:$/, '')}: `;
}

function readLine({ io, signal }: Asker, { prompt, hidden }: { prompt: string; hidden: boolean }): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const shown = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!hidden) io.stderr.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: io.stdin, output: shown, terminal: true });
  const stop = (): void => reject(stopped());
  // Ctrl+C; without a listener the library would take it for the end of the input.
  reader.once('SIGINT', stop);
  let answered = false;
  reader.once('line', (line) => {
    answered = true;
    resolve(line);
  });
  reader.once('close', () => reject(inputEnded()));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  io.stderr.write(terminalSafe(prompt));
  return promise.finally(() => {
    signal.removeEventListener('abort', stop);
    reader.close();
    // The end of a line that was not shown did not move the cursor, neither did what stopped the question.
    if (hidden || !answered) io.stderr.write('\n');
  });
}

function stopped(): Error {
  return appError('RUN/CANCELLED', {
    message: 'The command was stopped at a question.',
    remedy: 'Start it again.',
    context: { atPrompt: true },
  });
}

function inputEnded(): Error {
  return usage('The input ended before the question was answered.', 'Start the command again and type the answer.');
}
