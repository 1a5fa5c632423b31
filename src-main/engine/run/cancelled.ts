import { appError } from '../../../src-shared/errors/app-error.ts';

/** The error of a run that a person stopped. */
export function cancelled(): Error {
  return appError('RUN/CANCELLED', {
    message: 'The run was cancelled.',
    remedy:
      'Finished tables are kept in the folder whose name ends in .incomplete; start the run again for a whole package.',
  });
}
