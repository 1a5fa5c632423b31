import { dirname, join } from 'node:path';
import { appError, isAppError, type AppError } from '../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../src-shared/errors/catalog.ts';
import type { Core } from './core.ts';

/**
 * Makes the folder a package is to appear in, and in it the hidden one that the package is written in. An error names the
 * folder that was asked for: the hidden one is no concern of whoever asked.
 */
export async function makeOutputFolder(core: Core, out: string, hidden: string): Promise<void> {
  try {
    await core.store.makeFolder(out);
    await core.store.makeFolder(join(hidden, 'data'));
  } catch (error) {
    throw isAppError(error) ? await inWordsOf(core, out, error) : error;
  }
}

async function inWordsOf(core: Core, out: string, cause: AppError): Promise<AppError> {
  const system = typeof cause.context['system'] === 'string' ? cause.context['system'] : null;
  const refusal = (code: ErrorCode, fact: string, remedy = 'Choose another folder with --out.'): AppError =>
    appError(code, {
      message: `${fact}${system === null ? '' : ` (${system})`}.`,
      remedy,
      context: { path: out, system },
      cause,
    });
  const there = await nearestThere(core, out);
  if (cause.code === 'SPOOL/EXISTS' || system === 'ENOTDIR') {
    return refusal('SPOOL/EXISTS', `${there} is not a folder, so no package can be written to ${out}`);
  }
  if (cause.code === 'SPOOL/FOLDER_UNWRITABLE') {
    const fact =
      there === out
        ? `The folder ${out} may not be written`
        : `The folder ${out} cannot be made: ${there} may not be written`;
    return refusal(cause.code, fact, 'Choose another folder with --out, or have its rights changed.');
  }
  if (cause.code === 'SPOOL/DISK_FULL') {
    return refusal(cause.code, `There is no space left to write to ${out}`, cause.remedy);
  }
  const code = system === 'ENOENT' ? 'SPOOL/ABSENT' : cause.code;
  return refusal(code, `The folder ${out} is not there and cannot be made`);
}

/** The nearest of a path and its parents that is there. */
async function nearestThere(core: Core, path: string): Promise<string> {
  let at = path;
  while ((await core.store.read.stat(at).catch(() => null)) === null && dirname(at) !== at) at = dirname(at);
  return at;
}
