const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Foreign text for a page, also inside a quoted attribute. Characters that cannot be seen or that reorder the text around
 * them (controls, format characters such as bidi overrides, separators, lone surrogates) are shown by their number.
 */
export function htmlText(text: string): string {
  return text
    .replace(
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu,
      (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replace(/[&<>"']/g, (character) => MARKUP[character] ?? '');
}
