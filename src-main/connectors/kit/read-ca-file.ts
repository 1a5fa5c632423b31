import { readFile } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import { appError } from '../../../src-shared/errors/app-error.ts';

/** PEM text of a CA file; null when none is named. Throws `CONNECTION/OPTION_INVALID`. */
export async function readCaFile(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null;
  try {
    const pem = await readFile(path, 'utf8');
    // Node ignores a CA text it cannot parse, and the chain then fails for a reason nobody can guess.
    const first = new X509Certificate(pem);
    return first.raw.length > 0 ? pem : null;
  } catch (cause) {
    throw appError('CONNECTION/OPTION_INVALID', {
      message: `The CA file ${path} cannot be read as a PEM certificate.`,
      remedy: 'Name a readable file with one or more PEM certificates.',
      context: { option: 'ca' },
      cause,
    });
  }
}
