import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { CliIo } from './cli-io.ts';
import { usage } from './parse-arguments.ts';

const MAX_SECRET_BYTES = 64 * 1024;

/** All of standard input as a secret, without one trailing line end. Empty input is an error, not an empty password. */
export async function readSecretFromStdin(io: CliIo): Promise<SecretText | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of io.stdin) {
    const bytes = Buffer.from(chunk as Buffer); // stdin without an encoding gives buffers
    size += bytes.length;
    if (size > MAX_SECRET_BYTES)
      throw usage('Standard input holds more than a secret.', 'Pipe only the secret itself.');
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (text === '')
    throw usage('Standard input was empty.', 'Pipe the secret, for example: printf %s "$PW" | waybill …');
  return new SecretText(text);
}

/** Asks on a terminal without showing what is typed; null for an empty answer. */
export async function askSecret(io: CliIo, question: string): Promise<SecretText | null> {
  const answer = await ask(io, question, true);
  return answer === '' ? null : new SecretText(answer);
}

/** Asks on a terminal; the answer without its line end. */
export function ask(io: CliIo, question: string, hidden = false): Promise<string> {
  io.stderr.write(question);
  const shown = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!hidden) io.stderr.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: io.stdin, output: shown, terminal: true });
  return new Promise((resolve) => {
    reader.once('close', () => resolve(''));
    reader.question('', (answer) => {
      resolve(answer);
      reader.close();
      if (hidden) io.stderr.write('\n');
    });
  });
}
