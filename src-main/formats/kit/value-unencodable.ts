import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';

export interface UnencodableCell {
  /** Name of the column; its value is never shown. */
  readonly column: string;
  /** 1-based row of the part file; 0 is the header. */
  readonly row: number;
  /** What the value has that the file cannot hold, as the end of a sentence: `holds bytes that are not UTF-8`. */
  readonly why: string;
  readonly remedy: string;
}

/** A value that cannot be written exactly is refused, never replaced. */
export function valueUnencodable(cell: UnencodableCell): AppError {
  const where = cell.row === 0 ? 'The name of column' : `Row ${cell.row} of the file: column`;
  return appError('FORMAT/VALUE_UNENCODABLE', {
    message: `${where} "${cell.column}" ${cell.why}.`,
    remedy: cell.remedy,
    context: { column: cell.column, row: cell.row },
  });
}

/** Bytes that claim to be UTF-8 and are not. */
export function invalidUtf8(column: string, row: number): AppError {
  return valueUnencodable({
    column,
    row,
    why: 'holds bytes that are not valid UTF-8',
    remedy: 'Repair the value in the database, or leave out or mask the column.',
  });
}

/** A NUL character, where the reader of the file would take it for the end of the value. */
export function holdsNul(column: string, row: number): AppError {
  return valueUnencodable({
    column,
    row,
    why: 'holds a NUL character, which the reader of this profile would cut it at',
    remedy: 'Repair the value in the database, leave out or mask the column, or choose another profile.',
  });
}
