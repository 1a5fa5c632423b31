/**
 * By which columns tables are cut, and how a value of theirs stands in a condition. Only types whose order, comparison with a
 * literal and text agree for certain: a text's depend on its column's collation, a moment with a zone on that of the session.
 */
import { bug } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import { decimalText, timestampText } from './respell.ts';
import { parseNativeType } from './types.ts';

const CUT_TYPES = new Set(['NUMBER', 'DATE', 'TIMESTAMP']);
const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** A NUMBER without a precision can hold more digits than a literal, which would be cut off without a word. */
const LITERAL_DIGITS = 38;
/** Of our era: the product has no year 0, and what stands before it is spelt otherwise. */
const MOMENT = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?$/;

const typeOf = ({ nativeType }: ReadColumn): string => parseNativeType(nativeType)?.name ?? '';

export function canCutBy(column: ReadColumn): boolean {
  return CUT_TYPES.has(typeOf(column));
}

/** The value of a key's column as a read gives it; null: no literal is certain to be that very value. */
export function keyText(value: string | null, column: ReadColumn): string | null {
  if (value === null) return null;
  const text = typeOf(column) === 'NUMBER' ? decimalText(value) : timestampText(value, '');
  return isExact(text, column) ? text : null;
}

/**
 * The literal has the type of the column: else the server would convert the column, and use no index. Its form is told, or
 * the standard's, so that no setting of the session has a say in it.
 */
export function keyLiteral(text: string, column: ReadColumn): string {
  if (!isExact(text, column)) throw bug('a key that has no exact literal');
  const type = typeOf(column);
  if (type === 'NUMBER') return text;
  if (type === 'DATE') return `to_date('${text}', 'YYYY-MM-DD"T"HH24:MI:SS')`;
  return `timestamp '${text.replace('T', ' ')}'`;
}

function isExact(text: string, column: ReadColumn): boolean {
  if (typeOf(column) !== 'NUMBER') return MOMENT.test(text);
  return NUMBER.test(text) && text.replace(/\D/g, '').length <= LITERAL_DIGITS;
}
