import { readFile } from 'node:fs/promises';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { SshWords } from './ssh-words.ts';

/** The bytes of a private key file; whether they are a key, the login tells. */
export async function readKey(path: string, { family, keyFlag }: SshWords): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw appError(`${family}/OPTION_INVALID`, {
      message: `The private key file ${path} cannot be read.`,
      remedy: `Check the path after ${keyFlag}.`,
      context: { path, option: 'key' },
      cause,
    });
  }
}
