import { appError } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import type { PartsTarget } from './parts-reader.ts';
import type { RowFeed } from './row-feed.ts';
import { UNKNOWN_VARIANT } from './variant-text.ts';
import { Utf16Writer } from './utf16.ts';

const QUESTION_MARK = UNKNOWN_VARIANT.charCodeAt(0);

/** Cells of text. Half a surrogate pair, and an sql_variant of a type that is not known, end the read with their place. */
export function textTarget(column: ReadColumn, feed: RowFeed): PartsTarget {
  const utf16 = new Utf16Writer();
  const { writer } = feed;
  const isVariant = column.nativeType === 'sql_variant';
  let isFirst = true;
  const check = (): void => {
    if (utf16.broken) feed.fail(unrepresentable(feed, column, 'half a surrogate pair'));
    if (isVariant && isFirst && utf16.length > 0 && utf16.bytes[0] === QUESTION_MARK) {
      feed.fail(unrepresentable(feed, column, 'an sql_variant that cannot be carried exactly'));
    }
    if (utf16.length > 0) isFirst = false;
  };
  const begin = (): void => {
    isFirst = true;
    utf16.begin();
  };
  return {
    begin,
    part: (bytes, start, end) => {
      utf16.piece(bytes, start, end);
      check();
      writer.writePart(utf16.bytes.subarray(0, utf16.length));
    },
    end: () => {
      utf16.finish();
      check();
      if (utf16.length > 0) writer.writePart(utf16.bytes.subarray(0, utf16.length));
      writer.endParts();
    },
    whole: (bytes, start, end) => {
      begin();
      utf16.piece(bytes, start, end);
      // A value that lies there as a whole may still end in half a pair.
      if (utf16.isWaiting) utf16.broken = true;
      check();
      writer.writeBytes(utf16.bytes.subarray(0, utf16.length));
    },
  };
}

function unrepresentable(feed: RowFeed, column: ReadColumn, found: string): Error {
  const row = feed.rows + 1;
  return appError('SOURCE/VALUE_UNREPRESENTABLE', {
    message: `The column ${column.name} of ${feed.source} holds ${found} in row ${row}.`,
    remedy: 'Correct the row, leave the column out, or convert it in a query.',
    context: { table: feed.source, column: column.name, row, found },
  });
}
