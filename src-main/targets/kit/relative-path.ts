import { bug } from '../../../src-shared/errors/app-error.ts';
import { isSafePath } from '../../../src-shared/proof/safe-path.ts';

/** The path itself when it stays below the target's root. Callers check foreign names first: another one is our mistake. */
export function relativePath(path: string): string {
  if (isSafePath(path)) return path;
  throw bug('a path of a target must stay below its root');
}
