import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldSame, lineDifference } from '../../../../src-renderer/features/plan/line-difference.ts';

const drawn = (mine: string, theirs: string): string[] =>
  lineDifference(mine, theirs).map(({ kind, text }) => `${{ same: ' ', mine: '-', theirs: '+' }[kind]}${text}`);

describe('lineDifference', () => {
  it('tells what only one of them has', () => {
    expect(drawn('a\nb\nc\nd', 'a\nB\nc\nx\nd')).toEqual([' a', '-b', '+B', ' c', '+x', ' d']);
    expect(drawn('a', 'a')).toEqual([' a']);
  });

  it('leads back to both texts, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (mine, theirs) => {
        const lines = lineDifference(mine, theirs);
        const without = (kind: string): string =>
          lines
            .filter((line) => line.kind !== kind)
            .map((line) => line.text)
            .join('\n');
        expect(without('theirs')).toBe(mine);
        expect(without('mine')).toBe(theirs);
      }),
    );
  });

  it('takes what is too long to compare for replaced, at once', () => {
    const many = (word: string): string => Array.from({ length: 5000 }, (_, index) => `${word}${index}`).join('\n');
    expect(lineDifference(many('a'), many('b'))).toHaveLength(10_000);
  });

  it('folds long stretches that are equal', () => {
    const same = Array.from({ length: 20 }, (_, index) => `l${index}`);
    const folded = foldSame(lineDifference([...same, 'x'].join('\n'), [...same, 'y'].join('\n')));
    expect(folded[0]).toEqual({ kind: 'folded', count: 17 });
    expect(folded).toHaveLength(6);
  });
});
