import { isAbsolute } from 'node:path';
import { appError } from '../../../src-shared/errors/app-error.ts';

/** Screens have no working folder that a path could be meant below. */
export function requireWholePath(path: string): void {
  if (isAbsolute(path)) return;
  throw appError('APP/PATH_RELATIVE', {
    message: `${path} is not a whole path.`,
    remedy: 'Give it from the root of the file system on.',
    context: { path },
  });
}
