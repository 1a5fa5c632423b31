import { describe, expect, it } from 'vitest';
import { columnsOf, wrapLine, wrapText } from '../../../../src-main/hosts/cli/wrap-text.ts';

describe('wrapping', () => {
  it('leaves a line that fits as it is', () => {
    expect(wrapLine('  a  b', 20)).toEqual(['  a  b']);
  });

  it('breaks at blanks and keeps every word', () => {
    const text = 'The quick brown fox jumps over the lazy dog and is gone';
    const lines = wrapLine(text, 20);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(20);
    expect(lines.map((line) => line.trim()).join(' ')).toBe(text);
    expect(lines.slice(1).every((line) => /^ {2}\S/.test(line))).toBe(true);
  });

  it('hangs continued lines under the last column', () => {
    expect(wrapLine('  --flag  says what it is and more', 24)).toEqual([
      '  --flag  says what it',
      '          is and more',
    ]);
  });

  it('never breaks a path or a command between backticks', () => {
    const path = `/${'x'.repeat(40)}`;
    expect(wrapLine(`Package: ${path} is there`, 20)).toEqual(['Package:', `  ${path}`, '  is there']);
    const command = '`waybill deliver ./a --to b`';
    expect(wrapLine(`Deliver it later with ${command}.`, 24)).toEqual(['Deliver it later with', `  ${command}.`]);
    expect(wrapLine('a lone ` is a character like any other', 20).join(' ')).toContain('`');
  });

  it('wraps each line of a text on its own', () => {
    expect(wrapText('one two three\nfour', 20)).toBe('one two three\nfour');
  });

  it('takes the width of a terminal, of COLUMNS, or 80', () => {
    expect(columnsOf({ isTTY: true, columns: 120 }, { COLUMNS: '40' })).toBe(120);
    expect(columnsOf({}, { COLUMNS: '40' })).toBe(40);
    expect(columnsOf({}, {})).toBe(80);
    expect(columnsOf({ isTTY: true, columns: 0 }, {})).toBe(80);
    expect(columnsOf({}, { COLUMNS: 'wide' })).toBe(80);
  });
});
