import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';

/** A file that does not have the shape it was written in. `why` continues "Record 7 …"; record 0 is the header. */
export function readBackMismatch(why: string, record: number): AppError {
  return appError('RUN/READ_BACK_MISMATCH', {
    message: `Read back from the file: ${record === 0 ? 'the header' : `record ${record}`} ${why}.`,
    remedy: 'The file is not whole: check the disk and run the export again.',
    context: { record },
  });
}
