import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlText } from '../../../../src-main/app/bundle/html-text.ts';

describe('foreign text on a page', () => {
  it('cannot become markup, in text or in an attribute', () => {
    expect(htmlText(`<b a="1" c='2'>&amp;`)).toBe('&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(htmlText(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });

  it.each([
    ['a right-to-left override', '\u202e', '[U+202E]'],
    ['an isolate', '\u2066', '[U+2066]'],
    ['a zero-width space', '\u200b', '[U+200B]'],
    ['a byte order mark', '\ufeff', '[U+FEFF]'],
    ['a line separator', '\u2028', '[U+2028]'],
    ['an escape', '\u001b', '[U+001B]'],
    ['a line feed', '\n', '[U+000A]'],
    ['a tag character', '\u{e0041}', '[U+E0041]'],
    ['half a character', '\ud800', '[U+D800]'],
  ])('shows %s by its number', (_, character, shown) => {
    expect(htmlText(`a${character}b`)).toBe(`a${shown}b`);
  });

  it('leaves letters of any script alone', () => {
    expect(htmlText('Zoë שלום 😀 日本')).toBe('Zoë שלום 😀 日本');
  });
});
