import { describe, expect, it } from 'vitest';
import { seenText } from '../../../src-renderer/text/seen-text.ts';

describe('a text to be read', () => {
  it('shows what would turn it around or hide in it', () => {
    expect(seenText('select \u202e"nwonk"\u202c from t')).toBe('select ⟨202E⟩"nwonk"⟨202C⟩ from t');
    expect(seenText('a\u200bb\u0000c\u001b[31m')).toBe('a⟨200B⟩b⟨0000⟩c⟨001B⟩[31m');
  });

  it('keeps lines, tabs and every script as they are', () => {
    const text = 'select\n\t"שלום", "مرحبا", "名前", "naïve" from t';
    expect(seenText(text)).toBe(text);
  });
});
