import type { LogicalKind } from '../../../src-shared/model/logical-type.ts';

export type Language = 'en' | 'de' | 'fr' | 'es' | 'it';

export type Category =
  | 'name'
  | 'email'
  | 'phone'
  | 'address'
  | 'birth'
  | 'national-id'
  | 'bank-account'
  | 'card'
  | 'network-address'
  | 'login'
  | 'secret'
  | 'health'
  | 'location'
  | 'gender'
  | 'belief-origin'
  | 'pay'
  | 'likeness'
  | 'family'
  | 'free-text';

export type Confidence = 'high' | 'medium' | 'low';

/** What a table is about, where a column's name alone says too little. */
export type TableSubject = 'person' | 'conversation' | 'thing';

/** One rule of the detector. Pure data: the detector knows no category. */
export interface PersonalRule {
  readonly category: Category;
  /** What equal tokens would mean (`pseudonym`), e.g. `person.email`. */
  readonly class: string;
  /** What such a column holds, in words, with its article. */
  readonly holds: string;
  /**
   * Phrases as people write them. They match whole words of a column's name, however the words are joined; diacritics
   * and filler words (of, de, du …) do not matter. `{person}` stands for any word for a person.
   */
  readonly words: Partial<Record<Language, readonly string[]>>;
  /** Ends of compound words: `email` also finds `kundenemail`. */
  readonly endings?: readonly string[];
  /** Types that can hold such a value. */
  readonly kinds: readonly LogicalKind[];
  readonly confidence: Confidence;
  /** The phrase must be the whole name of the column. */
  readonly whole?: boolean;
  /** The table must be about one of these. */
  readonly onlyIn?: readonly TableSubject[];
  /** The table must be about none of these. */
  readonly notIn?: readonly TableSubject[];
}
