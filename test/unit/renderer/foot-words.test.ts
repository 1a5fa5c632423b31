import { expect, it } from 'vitest';
import { footWords } from '../../../src-renderer/features/explore/foot-words.ts';

const plain = (words: string): string => words.replaceAll(/\s/g, ' ');

it('says what is known of rows, and where it is not', () => {
  expect(plain(footWords([1000, 234], null))).toBe('2 tables · 1 234 rows (estimate)');
  expect(plain(footWords([1000, 234], 51))).toBe('2 of 51 tables · 1 234 rows (estimate)');
});

it('never says 0 rows of tables without statistics', () => {
  expect(plain(footWords([null, null], 10))).toBe('2 of 10 tables · rows unknown');
  expect(plain(footWords([null, 40, 0], null))).toBe('3 tables · 40 rows in 2 of them (estimate)');
  expect(plain(footWords([], 10))).toBe('0 of 10 tables');
});
