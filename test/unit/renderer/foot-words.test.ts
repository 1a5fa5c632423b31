import { expect, it } from 'vitest';
import { footWords, planFootWords } from '../../../src-renderer/features/explore/foot-words.ts';

const plain = (words: string): string => words.replaceAll(/\s/g, ' ');

it('says what is known of rows, and where it is not', () => {
  expect(plain(footWords([1000, 234]))).toBe('2 tables · 1 234 rows (estimate)');
});

it('never says 0 rows of tables without statistics', () => {
  expect(plain(footWords([null, null]))).toBe('2 tables · rows unknown');
  expect(plain(footWords([null, 40, 0]))).toBe('3 tables · 40 rows in 2 of them (estimate)');
  expect(plain(footWords([]))).toBe('0 tables');
});

it('says of a plan what the plan says of itself', () => {
  const at = (total: Partial<Parameters<typeof planFootWords>[1]>, ticked = 2): string =>
    plain(
      planFootWords(
        { ticked, all: 51 },
        { rows: null, exactAt: null, known: 0, unknown: 2, isComing: false, ...total },
      ),
    );
  expect(at({})).toBe('2 of 51 tables · rows unknown');
  expect(at({ isComing: true })).toBe('2 of 51 tables · counting');
  expect(at({ rows: 1234, known: 2, unknown: 0 })).toBe('2 of 51 tables · 1 234 rows (estimate)');
  expect(at({ rows: 40, known: 1, unknown: 1 })).toBe('2 of 51 tables · 40 rows in 1 of them (estimate)');
  const exactAt = '2026-11-26T14:06:12.000Z';
  expect(at({ rows: 36_909, exactAt, known: 2, unknown: 0 })).toBe('2 of 51 tables · 36 909 rows, exact');
  expect(at({ unknown: 0 }, 0)).toBe('0 of 51 tables');
});
