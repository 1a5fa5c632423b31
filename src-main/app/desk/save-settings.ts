import type { Settings } from '../../../src-shared/contract/app.ts';
import { AppError, appError } from '../../../src-shared/errors/app-error.ts';
import type { Desk } from './desk.ts';

/** Saves preferences. What went wrong with a file that nobody sees is told as what it means for the person who changed them. */
export async function saveSettings(
  { core, settings }: Pick<Desk, 'core' | 'settings'>,
  change: Partial<Settings>,
): Promise<Settings> {
  try {
    return await settings.update((now) => ({ ...now, ...change }));
  } catch (error) {
    throw error instanceof AppError ? notSaved(error, core.home.root) : error;
  }
}

function notSaved(error: AppError, home: string): AppError {
  const { context } = error;
  if (error.code === 'SPOOL/FOLDER_UNWRITABLE') {
    return appError('HOME/UNWRITABLE', {
      message: `The change was not saved: nothing can be written to ${home}.`,
      remedy: 'Have the rights of this folder changed, then make the change again.',
      ...{ context, cause: error },
    });
  }
  if (error.code === 'SPOOL/DISK_FULL') {
    return appError('SPOOL/DISK_FULL', {
      message: `The change was not saved: there is no space left for ${home}.`,
      remedy: 'Free some space there, then make the change again.',
      ...{ context, cause: error },
    });
  }
  return appError(error.code, {
    message: `The change was not saved. ${error.message}`,
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    ...{ context, cause: error },
  });
}
