import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { CliIo } from './cli-io.ts';
import type { Flags } from './command.ts';
import { usage } from './parse-arguments.ts';

/**
 * The passphrase of the passphrase vault from `--passphrase-file` or WAYBILL_PASSPHRASE. The variable is removed at once,
 * before any child could inherit it.
 */
export async function takePassphrase(flags: Flags, io: CliIo): Promise<SecretText | null> {
  const fromEnvironment = io.env['WAYBILL_PASSPHRASE'];
  delete io.env['WAYBILL_PASSPHRASE'];
  const file = flags.text('passphrase-file');
  const text = file === undefined ? fromEnvironment : await readPassphrase(resolve(io.cwd, file));
  if (text === undefined) return null;
  if (text === '') throw usage('The passphrase is empty.', 'Use a long one: everything in the vault hangs on it.');
  return new SecretText(text);
}

async function readPassphrase(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw Object.assign(usage('The passphrase file cannot be read.', 'Check the path after --passphrase-file.'), {
      cause,
    });
  }
}
