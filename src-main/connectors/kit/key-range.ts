import type { KeyRange, ReadColumn } from '../../../src-shared/model/table-read.ts';
import { bug } from '../../../src-shared/errors/app-error.ts';

/** How a product writes a key in a condition. */
export interface KeySpelling {
  quoteName(name: string): string;
  /** A value of a key's column as it was given out by a cut. */
  literal(text: string, column: ReadColumn): string;
}

/**
 * The condition of a range; null: it has no bounds. Each bound begins with its first column alone, which an index serves;
 * rows as values are compared column by column by some planners that then read the whole index.
 */
export function rangeCondition({ key, after, upTo }: KeyRange, spelling: KeySpelling): string | null {
  const bounds = [
    ...(after === null ? [] : [bound(key, after, { spelling, strict: '>', whole: '>' })]),
    ...(upTo === null ? [] : [bound(key, upTo, { spelling, strict: '<', whole: '<=' })]),
  ];
  return bounds.length === 0 ? null : bounds.join(' and ');
}

interface Side {
  readonly spelling: KeySpelling;
  readonly strict: '>' | '<';
  /** Of the last column. */
  readonly whole: '>' | '<=';
}

/** `a >= 1 and (a > 1 or (a = 1 and b > 2))`. */
function bound(key: readonly ReadColumn[], values: readonly string[], { spelling, strict, whole }: Side): string {
  const [first, ...rest] = key.map((column, index) => {
    const value = values[index];
    if (value === undefined) throw bug('a range has fewer values than its key has columns');
    return { name: spelling.quoteName(column.name), value: spelling.literal(value, column) };
  });
  if (first === undefined) throw bug('a range by no column');
  if (rest.length === 0) return `${first.name} ${whole} ${first.value}`;
  const nested = rest.reduceRight(
    (inner, { name, value }) =>
      inner === '' ? `${name} ${whole} ${value}` : `${name} ${strict} ${value} or (${name} = ${value} and (${inner}))`,
    '',
  );
  const lead = `${first.name} ${strict}= ${first.value}`;
  return `${lead} and (${first.name} ${strict} ${first.value} or (${first.name} = ${first.value} and (${nested})))`;
}
