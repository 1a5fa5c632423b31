const LIGATURES: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  ı: 'i',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** Lower case without diacritics: `Straße` is `strasse`, `prénom` is `prenom`. */
export function foldWord(text: string): string {
  const bare = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return bare.replaceAll(/[ßæœøłıđðþ]/g, (letter) => LIGATURES[letter] ?? letter);
}

/**
 * The words of a name, folded: `birth_date`, `birthDate`, `BirthDate`, `IPAddress2` and `Straßen-Name` alike. Digits are
 * words of their own, except inside marks such as `ipv4` and `icd10`, which rules find joined.
 */
export function wordsOf(name: string): readonly string[] {
  const spaced = name
    .normalize('NFC')
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replaceAll(/(\p{L})(\p{N})/gu, '$1 $2')
    .replaceAll(/(\p{N})(\p{L})/gu, '$1 $2');
  return spaced
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(foldWord);
}

/**
 * Both ways a word with umlauts is written without them: `größe` gives `grosse` and `groesse`. Other words give one form.
 */
export function spellings(word: string): readonly string[] {
  const plain = foldWord(word);
  const spelled = foldWord(word.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue'));
  return plain === spelled ? [plain] : [plain, spelled];
}
