import { describe, expect, it } from 'vitest';
import { visibleParts } from '../../../src-renderer/components/visible-parts.ts';
import { seenText } from '../../../src-renderer/text/seen-text.ts';

const FAMILY = 'Gift for \u{1f469}\u200d\u{1f469}\u200d\u{1f467}';
const PERSIAN = '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645';

describe('a text to be read', () => {
  it('shows what would turn it around or hide in it', () => {
    expect(seenText('select \u202e"nwonk"\u202c from t')).toBe('select ⟨202E⟩"nwonk"⟨202C⟩ from t');
    expect(seenText('a\u200bb\u0000c\u001b[31m')).toBe('a⟨200B⟩b⟨0000⟩c⟨001B⟩[31m');
  });

  it('keeps lines, tabs and every script as they are', () => {
    const text = 'select\n\t"שלום", "مرحبا", "名前", "naïve" from t';
    expect(seenText(text)).toBe(text);
  });

  it('draws joiners where writing needs them, and shows them elsewhere', () => {
    expect(seenText(FAMILY)).toBe(FAMILY);
    expect(seenText(PERSIAN)).toBe(PERSIAN);
    expect(seenText('ad\u200dmin')).toBe('ad⟨200D⟩min');
  });
});

describe('a value in a grid', () => {
  const drawn = (value: string): string =>
    visibleParts(value)
      .map(({ text }) => text)
      .join('');

  it.each([
    ['a family', FAMILY],
    ['a skin tone', '\u{1f469}\u{1f3fd}\u200d\u{1f52c}'],
    ['a variation selector', '\u{1f3f3}\ufe0f\u200d\u{1f308}'],
    ['Persian', PERSIAN],
    ['Hindi', '\u0915\u094d\u200d\u0937'],
    ['Bengali', '\u09b0\u200d\u09cd\u09af'],
    ['Sinhala', '\u0dc1\u0dca\u200d\u0dbb\u0dd3'],
  ])('draws the joiners of %s as part of the text', (_what, value) => {
    expect(visibleParts(value)).toEqual([{ text: value, mark: false }]);
  });

  it('shows joiners that join nothing', () => {
    expect(drawn('\u200d')).toBe('⟨200D⟩');
    expect(drawn('\u{1f469}\u200d')).toBe('\u{1f469}⟨200D⟩');
    expect(drawn('\u200c\u0645')).toBe('⟨200C⟩\u0645');
    expect(drawn('pass\u200cword')).toBe('pass⟨200C⟩word');
    expect(drawn('\u{1f469}\u200d\u200d\u{1f469}')).toBe('\u{1f469}⟨200D⟩⟨200D⟩\u{1f469}');
    expect(drawn('\u{1f469}\u200c\u{1f469}')).toBe('\u{1f469}⟨200C⟩\u{1f469}');
    expect(drawn('1\u200d2')).toBe('1⟨200D⟩2');
  });
});
