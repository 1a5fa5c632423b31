import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { CliIo } from './cli-io.ts';
import type { Flags } from './command.ts';
import { usage } from './parse-arguments.ts';

export interface GivenPassphrase {
  readonly passphrase: SecretText;
  /** The file or the variable it came from. */
  readonly from: string;
}

/**
 * The passphrase of the passphrase vault from `--passphrase-file` or WAYBILL_PASSPHRASE. The variable is removed at once,
 * before any child could inherit it.
 */
export async function takePassphrase(flags: Flags, io: CliIo): Promise<GivenPassphrase | null> {
  const fromEnvironment = io.env['WAYBILL_PASSPHRASE'];
  delete io.env['WAYBILL_PASSPHRASE'];
  const file = flags.text('passphrase-file');
  const from = file === undefined ? 'WAYBILL_PASSPHRASE' : resolve(io.cwd, file);
  const text = file === undefined ? fromEnvironment : await readPassphrase(from);
  if (text === undefined) return null;
  if (text === '') {
    throw usage(`The passphrase in ${from} is empty.`, 'Put a long one there: everything in the vault hangs on it.');
  }
  return { passphrase: new SecretText(text), from };
}

async function readPassphrase(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): AppError {
  const system = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const details = { remedy: 'Check the path after --passphrase-file.', context: { path, system }, cause };
  if (system === 'ENOENT' || system === 'ENOTDIR') {
    return appError('SPOOL/ABSENT', { message: `There is no passphrase file ${path}.`, ...details });
  }
  const message = `The passphrase file ${path} cannot be read (${system}).`;
  if (system !== 'EACCES' && system !== 'EPERM') return appError('SPOOL/READ_FAILED', { message, ...details });
  return appError('SPOOL/READ_DENIED', { message, ...details, remedy: 'Have the rights of the file changed.' });
}
