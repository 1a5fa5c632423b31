/**
 * By which columns tables are cut, and how a value of theirs stands in a condition. Only types whose order, comparison with a
 * literal and text agree for certain: texts have collations under which several are one, GUIDs are ordered from their end, and
 * a datetime counts in steps of which its text is a rounding.
 */
import { bug } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import { convert } from './convert.ts';
import { parseNativeType, type NativeType } from './types.ts';

const WHOLE = new Set(['tinyint', 'smallint', 'int', 'bigint']);
const DECIMAL = new Set(['decimal', 'numeric']);
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?$/;

/** How a type's values are written; null: nothing is cut by it. */
interface Spelling {
  readonly type: string;
  readonly style: number | null;
  readonly pattern: RegExp;
}

function spellingOf({ nativeType }: ReadColumn): Spelling | null {
  const type = parseNativeType(nativeType);
  if (type === null) return null;
  if (WHOLE.has(type.name)) return { type: type.name, style: null, pattern: NUMBER };
  if (DECIMAL.has(type.name)) return { type: decimalType(type), style: null, pattern: NUMBER };
  if (type.name === 'date') return { type: 'date', style: 23, pattern: DATE };
  if (type.name === 'datetime2') return { type: `datetime2(${type.size ?? 7})`, style: 121, pattern: MOMENT };
  return null;
}

function decimalType({ name, size, scale }: NativeType): string {
  return `${name}(${size ?? 38},${scale ?? 0})`;
}

export function canCutBy(column: ReadColumn): boolean {
  return spellingOf(column) !== null;
}

/** The value of a key's column as a read gives it; null: it is in a form that is not known, and nothing is cut there. */
export function keyText(value: string | null, column: ReadColumn): string | null {
  const text = value?.replace(' ', 'T') ?? '';
  return spellingOf(column)?.pattern.test(text) === true ? text : null;
}

/**
 * A value of the very type of the column: of a wider one the server would convert the column, and use no index. `2147483648`
 * alone is a decimal there.
 */
export function keyLiteral(text: string, column: ReadColumn): string {
  const spelling = spellingOf(column);
  if (spelling === null || !spelling.pattern.test(text)) throw bug('a key that has no exact literal');
  return convert(spelling.type, `'${text.replace('T', ' ')}'`, spelling.style);
}
