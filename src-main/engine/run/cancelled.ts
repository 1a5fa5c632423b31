import { appError } from '../../../src-shared/errors/app-error.ts';

/** The error of a run that a person stopped. */
export function cancelled(): Error {
  return appError('RUN/CANCELLED', {
    message: 'The run was cancelled.',
    remedy:
      'Tables that were finished by then are in a folder whose name ends in .incomplete. For a whole package go on with the run (waybill resume RUN), or start it again.',
  });
}
