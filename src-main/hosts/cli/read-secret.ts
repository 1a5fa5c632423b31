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
