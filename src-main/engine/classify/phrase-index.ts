import { spellings, wordsOf } from './column-words.ts';
import type { Language, PersonalRule } from './personal-rule.ts';
import { FILLER_WORDS, PERSON_WORDS } from './vocabulary.ts';

/** A phrase of a rule, ready to be looked up. */
export interface Phrase {
  readonly rule: PersonalRule;
  readonly language: Language;
  /** As it stands in the rule. */
  readonly written: string;
}

export interface Ending {
  readonly rule: PersonalRule;
  readonly ending: string;
}

/** Rules by the letters of their phrases, words joined, fillers left out. */
export interface PhraseIndex {
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
  readonly endings: readonly Ending[];
}

const PLACE_FOR_PERSON = '{person}';
const FILLERS = new Set(FILLER_WORDS);

/** The words of a name that say something. A name of nothing but fillers keeps them. */
export function tellingWords(name: string): readonly string[] {
  const words = wordsOf(name);
  const telling = words.filter((word) => !FILLERS.has(word));
  return telling.length === 0 ? words : telling;
}

export function indexPhrases(rules: readonly PersonalRule[]): PhraseIndex {
  const phrases = new Map<string, Phrase[]>();
  const add = (key: string, phrase: Phrase): void => {
    const list = phrases.get(key) ?? [];
    // One rule once per key: the first language that has the phrase gives the reason.
    if (!list.some(({ rule }) => rule === phrase.rule)) list.push(phrase);
    phrases.set(key, list);
  };
  for (const rule of rules) {
    for (const [language, written] of phrasesOf(rule)) {
      for (const key of keysOf(written)) add(key, { rule, language, written });
    }
  }
  const endings = rules.flatMap((rule) => (rule.endings ?? []).map((ending) => ({ rule, ending })));
  return { phrases, endings };
}

function phrasesOf(rule: PersonalRule): readonly (readonly [Language, string])[] {
  // Object.entries forgets the key type; `words` is a record by language and by nothing else.
  const byLanguage = Object.entries(rule.words) as [Language, readonly string[]][];
  return byLanguage.flatMap(([language, written]) =>
    written.flatMap((phrase) =>
      phrase.includes(PLACE_FOR_PERSON)
        ? PERSON_WORDS.map((person) => [language, phrase.replace(PLACE_FOR_PERSON, person)] as const)
        : [[language, phrase] as const],
    ),
  );
}

function keysOf(phrase: string): readonly string[] {
  return spellings(phrase).map((spelling) => tellingWords(spelling).join(''));
}
