import { describe, expect, it } from 'vitest';
import { cellText } from '../../../../src-main/hosts/cli/cell-text.ts';
import { displayWidth, fitMiddle } from '../../../../src-main/hosts/cli/display-width.ts';
import { layOutRows, type RowsToShow } from '../../../../src-main/hosts/cli/lay-out-rows.ts';

const named = (...names: string[]): RowsToShow['columns'] => names.map((name) => ({ name, mask: null }));

describe('a value on one line', () => {
  it.each([
    [null, 'NULL'],
    ['NULL', "'NULL'"],
    ['', "''"],
    [' ', "' '"],
    ['a ', "'a '"],
    ["'a'", "'''a'''"],
    ["it's", "it's"],
    ['a\nb\r\n', "'a␊b␍␊'"],
    ['a␊b', 'a\\u{240a}b'],
    ['a\tb\0c\u007f', 'a␉b␀c␡'],
    ['a\\nb', 'a\\nb'],
    ['\u202ea', '\\u{202e}a'],
    ['\\u{202e}a', '\\u{5c}u{202e}a'],
    ['Größe 🐘', 'Größe 🐘'],
  ])('%j is shown as %s', (value, shown) => {
    expect(cellText(value)).toBe(shown);
  });
});

describe('cutting in the middle', () => {
  it.each([
    ['abcdefghij', 10, 'abcdefghij'],
    ['abcdefghijk', 10, 'abcde…hijk'],
    ['日本語日本語', 7, '日本…語'],
    ['e\u0301e\u0301e\u0301e\u0301', 3, 'e\u0301…e\u0301'],
  ])('%s fits %i cells', (text, width, fitted) => {
    expect(fitMiddle(text, width)).toBe(fitted);
    expect(displayWidth(fitted)).toBeLessThanOrEqual(width);
  });
});

describe('rows on a terminal', () => {
  const wide = (lines: readonly string[]): number => Math.max(...lines.map(displayWidth));

  it('stand under their names and masks', () => {
    const shown = layOutRows(
      {
        columns: [
          { name: 'id', mask: null },
          { name: 'email', mask: 'redact' },
        ],
        rows: [
          ['1', ''],
          ['22', null],
        ],
      },
      80,
    );
    expect(shown).toEqual({
      lines: ['id  email', '    (redact)', "1   ''", '22  NULL'],
      cutColumns: [],
      cutValues: 0,
    });
  });

  it('fit the width, the widest columns cut in the middle, and say what is cut', () => {
    const note = `${'n'.repeat(200)}END`;
    const shown = layOutRows(
      {
        columns: named('id', 'email', 'note'),
        rows: [
          ['1', 'a@example.net', note],
          ['2', 'b', 'short'],
        ],
      },
      80,
    );
    expect(wide(shown.lines)).toBe(80);
    expect(shown.lines[1]).toMatch(/^1   a@example\.net  n+…n+END$/);
    expect([shown.cutColumns, shown.cutValues]).toEqual([['note'], 1]);
  });

  it('go record by record when the columns are too many, and leave none out', () => {
    const names = Array.from({ length: 30 }, (_, i) => `column_${i}`);
    const shown = layOutRows(
      { columns: named(...names), rows: [names.map((name) => `${name} ${'x'.repeat(100)}`), names] },
      80,
    );
    expect(wide(shown.lines)).toBe(80);
    for (const name of names) expect(shown.lines.filter((line) => line.startsWith(`${name} `))).toHaveLength(2);
    expect(shown.lines[0]).toBe('row 1');
    expect(shown.cutValues).toBe(30);
  });

  it('are whole where there is no terminal, but for values nobody reads to the end', () => {
    const shown = layOutRows({ columns: named('a', 'b'), rows: [['x'.repeat(400), 'é'.repeat(1_048_576)]] }, null);
    expect(shown.lines[1]).toContain('x'.repeat(400));
    expect(wide(shown.lines)).toBe(400 + 2 + 500);
    expect(shown.cutColumns).toEqual(['b']);
  });

  it('show the names where there are no rows', () => {
    expect(layOutRows({ columns: named('a', 'b'), rows: [] }, 80).lines).toEqual(['a  b']);
  });
});
