import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';

describe('a duration', () => {
  it.each([
    [38, '38 ms'],
    [1400, '1.4 s'],
    [9999, '10.0 s'],
    [12_000, '12 s'],
    [59_999, '59 s'],
    [64_000, '01:04'],
    [7_389_000, '2:03:09'],
  ])('of %i ms is %s: nothing in a sentence that might be minutes or hours', (milliseconds, words) => {
    expect(formatDuration(milliseconds)).toBe(words);
  });
});
