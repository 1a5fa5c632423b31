import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';

/** Something in a person's own config file; what the file holds beside it is not told. */
export function configError(
  fact: string,
  { remedy, cause }: { readonly remedy?: string; readonly cause?: unknown } = {},
): AppError {
  return appError('TUNNEL/OPTION_INVALID', {
    message: `${fact}.`,
    remedy: remedy ?? 'Change the file, name another one with --ssh-config FILE, or read none: --ssh-config none.',
    context: { option: 'config' },
    ...(cause === undefined ? {} : { cause }),
  });
}
