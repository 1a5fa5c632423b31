import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';

/** `TARGET/EXISTS`: nothing at a target is ever replaced. */
export function existingName(path: string, cause?: unknown): AppError {
  return appError('TARGET/EXISTS', {
    message: `At the target there is already something named ${path}.`,
    remedy: 'Move it away at the target, or deliver to another one; nothing is ever replaced.',
    context: { path },
    ...(cause === undefined ? {} : { cause }),
  });
}
