import { describe, expect, it } from 'vitest';
import { isPlainRange } from '../../../src-shared/model/plain-bytes.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';

function isPlain(text: string): boolean {
  const bytes = utf8(text);
  return isPlainRange(bytes, 0, bytes.length);
}

describe('plain bytes', () => {
  it.each(['1', 'a b', '2024-01-01T00:00:00Z', '=1+1', '~!#$%&()*+-./:<>?@[]^_{}', '-12.50'])('takes %j', (text) => {
    expect(isPlain(text)).toBe(true);
  });

  it.each(['', ' a', 'a ', ' ', 'a"b', "a'b", 'a,b', 'a;b', 'a|b', 'a\\b', 'a`b', 'a\tb', 'a\nb', 'ä', '\x7f', '\0'])(
    'refuses %j',
    (text) => {
      expect(isPlain(text)).toBe(false);
    },
  );

  it('looks at nothing outside the range', () => {
    expect(isPlainRange(utf8('"ab"'), 1, 3)).toBe(true);
  });
});
