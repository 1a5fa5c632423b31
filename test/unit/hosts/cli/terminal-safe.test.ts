import { expect, it } from 'vitest';
import { terminalSafe } from '../../../../src-main/hosts/cli/terminal-safe.ts';

it('a terminal gets what would move its cursor, turn text around or hide in it as an escape', () => {
  expect(terminalSafe('a\u001b[31mb\rc\td\ne')).toBe('a\\u{1b}[31mb\\u{d}c\\td\\ne');
  expect(terminalSafe('\u202enwonk\u202c \u2066x\u2069 \u200e\u200f\u061c')).toBe(
    '\\u{202e}nwonk\\u{202c} \\u{2066}x\\u{2069} \\u{200e}\\u{200f}\\u{61c}',
  );
  expect(terminalSafe('pay\u200bload \ufeff')).toBe('pay\\u{200b}load \\u{feff}');
});

it.each([
  ['a family', '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}'],
  ['a skin tone', '\u{1f469}\u{1f3fd}\u200d\u{1f52c}'],
  ['Persian', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
  ['Hindi', '\u0915\u094d\u200d\u0937'],
])('a terminal gets the joiners of %s as they are', (_what, value) => {
  expect(terminalSafe(value)).toBe(value);
});

it('a terminal gets joiners that join nothing as escapes', () => {
  expect(terminalSafe('ad\u200dmin pass\u200cword')).toBe('ad\\u{200d}min pass\\u{200c}word');
  expect(terminalSafe('\u{1f469}\u200d\u200d\u{1f469}')).toBe('\u{1f469}\\u{200d}\\u{200d}\u{1f469}');
  expect(terminalSafe('\u{1f469}\u200d\u202e\u{1f469}')).toBe('\u{1f469}\\u{200d}\\u{202e}\u{1f469}');
});
