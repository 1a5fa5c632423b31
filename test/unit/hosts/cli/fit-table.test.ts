import { describe, expect, it } from 'vitest';
import { fitTable } from '../../../../src-main/hosts/cli/fit-table.ts';

describe('a table that fits', () => {
  it('is left as it is when it is narrow', () => {
    expect(
      fitTable([
        ['a', 'bb'],
        ['ccc', ''],
      ]),
    ).toEqual(['a    bb', 'ccc']);
  });

  it('goes on below in its widest column, at blanks, and loses nothing', () => {
    const lines = fitTable(
      [
        ['name', 'the first of some words'],
        ['x', 'y'],
      ],
      { width: 20 },
    );
    expect(lines).toEqual(['name  the first of', '      some words', 'x     y']);
  });

  it('breaks a word that has no blank', () => {
    expect(fitTable([['n', 'x'.repeat(25)]], { width: 20 })).toEqual([`n  ${'x'.repeat(17)}`, `   ${'x'.repeat(8)}`]);
  });

  it('does not break what is to be copied', () => {
    const rows = [['0123456789abcdef', 'some words there']];
    expect(fitTable(rows, { width: 28, whole: [0] })).toEqual([
      '0123456789abcdef  some words',
      '                  there',
    ]);
  });

  it('keeps control characters off the terminal', () => {
    expect(fitTable([['\u001b[2J', 'b']])).toEqual(['\\u{1b}[2J  b']);
  });
});
