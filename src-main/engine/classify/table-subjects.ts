import type { TableName } from '../../../src-shared/model/catalog.ts';
import { spellings } from './column-words.ts';
import type { TableSubject } from './personal-rule.ts';
import { tellingWords } from './phrase-index.ts';
import { CONVERSATION_WORDS, PERSON_WORDS, THING_WORDS } from './vocabulary.ts';

/** Compounds (`kundenstamm`, `customerdata`) are known by how they begin, if the word is long enough to mean it. */
const COMPOUND_LETTERS = 6;

const PEOPLE = PERSON_WORDS.flatMap(spellings);
const CONVERSATIONS = CONVERSATION_WORDS.flatMap(spellings);
const THINGS = new Set(THING_WORDS.flatMap(spellings));

/** What a table is about, as far as its name says. */
export function tableSubjects(table: TableName): ReadonlySet<TableSubject> {
  const words = tellingWords(table.name);
  const subjects = new Set<TableSubject>();
  const isOfThings = THINGS.has(words.at(-1) ?? '');
  const namesPeople = namesOneOf(words, PEOPLE);
  if (namesPeople && !isOfThings) subjects.add('person');
  if (namesOneOf(words, CONVERSATIONS) && !isOfThings) subjects.add('conversation');
  if (!namesPeople && words.some((word) => THINGS.has(word))) subjects.add('thing');
  return subjects;
}

function namesOneOf(words: readonly string[], vocabulary: readonly string[]): boolean {
  return words.some((word) =>
    vocabulary.some((known) => word === known || (known.length >= COMPOUND_LETTERS && word.startsWith(known))),
  );
}
