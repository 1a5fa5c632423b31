import type { CatalogColumn, TableName } from '../../../src-shared/model/catalog.ts';
import { describeType, type LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { MaskSpec } from '../../../src-shared/model/plan.ts';
import { spellings } from './column-words.ts';
import type { Category, Confidence, Language, PersonalRule, TableSubject } from './personal-rule.ts';
import { indexPhrases, tellingWords, type PhraseIndex } from './phrase-index.ts';
import { PERSONAL_RULES } from './rules.ts';
import { suggestMask } from './suggest-mask.ts';
import { tableSubjects } from './table-subjects.ts';
import { OTHER_MATTER_WORDS } from './vocabulary.ts';

export interface PersonalColumn {
  readonly class: string;
  readonly category: Category;
  readonly confidence: Confidence;
  /** Why, in words, to stand after a colon. */
  readonly reason: string;
  /** A mask to begin with; fits the column wherever one does. */
  readonly suggestion: MaskSpec;
}

interface Match {
  readonly rule: PersonalRule;
  /** The words that matched. */
  readonly from: number;
  readonly to: number;
  /** Words outside the matched phrase. */
  readonly others: readonly string[];
  readonly letters: number;
  readonly whole: boolean;
  readonly evidence: string;
}

let made: PhraseIndex | undefined;
/** Made when the first column is looked at: most commands look at none, and it takes a while. */
const indexOf = (): PhraseIndex => (made ??= indexPhrases(PERSONAL_RULES));

const OTHER_MATTER = new Set(OTHER_MATTER_WORDS.flatMap(spellings));
const LANGUAGES: Record<Language, string> = { en: 'English', de: 'German', fr: 'French', es: 'Spanish', it: 'Italian' };

/**
 * Whether a column looks as if it held values of persons, by the words of its name, its table's name and its logical
 * type: never by its values. null says nothing was noticed, not that there is nothing.
 */
export function detectPersonal(
  table: TableName,
  column: Pick<CatalogColumn, 'name' | 'nullable' | 'type'>,
): PersonalColumn | null {
  const { type } = column;
  if (type === null) return null;
  const subjects = tableSubjects(table);
  let best: Match | null = null;
  const matches = matchesOf(tellingWords(column.name));
  for (const match of matches) {
    if (isPartOfAnother(match, matches) || !applies(match, type, subjects)) continue;
    if (best === null || isBetter(match, best)) best = match;
  }
  if (best === null) return null;
  const { rule, evidence } = best;
  return {
    class: rule.class,
    category: rule.category,
    confidence: rule.confidence,
    reason: `${evidence}${inTable(rule, table)}, and ${describeType(type)} can hold ${rule.holds}`,
    suggestion: suggestMask(rule, { type, nullable: column.nullable }),
  };
}

/** `address` in `ip_address` is no postal address, even where the rule of the longer phrase does not apply. */
function isPartOfAnother(match: Match, all: readonly Match[]): boolean {
  return all.some(({ from, to, letters }) => from <= match.from && to >= match.to && letters > match.letters);
}

function isBetter(match: Match, best: Match): boolean {
  if (match.letters !== best.letters) return match.letters > best.letters;
  return PERSONAL_RULES.indexOf(match.rule) < PERSONAL_RULES.indexOf(best.rule);
}

function applies({ rule, whole, others }: Match, type: LogicalType, subjects: ReadonlySet<TableSubject>): boolean {
  if (!rule.kinds.includes(type.kind)) return false;
  if (rule.whole === true && !whole) return false;
  if (rule.onlyIn !== undefined && !rule.onlyIn.some((subject) => subjects.has(subject))) return false;
  if (rule.notIn?.some((subject) => subjects.has(subject)) === true) return false;
  return !others.some((word) => OTHER_MATTER.has(word));
}

function matchesOf(words: readonly string[]): readonly Match[] {
  const matches: Match[] = [];
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 1; to <= words.length; to++) {
      const key = words.slice(from, to).join('');
      const others = [...words.slice(0, from), ...words.slice(to)];
      for (const { rule, language, written } of indexOf().phrases.get(key) ?? []) {
        const evidence = `its name says "${written}" (${LANGUAGES[language]})`;
        matches.push({ rule, from, to, others, letters: key.length, whole: others.length === 0, evidence });
      }
    }
    matches.push(...endingMatches(words, from));
  }
  return matches;
}

function endingMatches(words: readonly string[], at: number): readonly Match[] {
  const word = words[at] ?? '';
  const others = words.filter((_, index) => index !== at);
  return indexOf()
    .endings.filter(({ ending }) => word.length > ending.length && word.endsWith(ending))
    .map(({ rule, ending }) => ({
      rule,
      from: at,
      to: at + 1,
      others,
      letters: ending.length,
      whole: false,
      evidence: `its name ends in "${ending}"`,
    }));
}

function inTable(rule: PersonalRule, table: TableName): string {
  if (rule.onlyIn === undefined) return '';
  return ` in the table ${table.name}, which is about ${rule.onlyIn.includes('conversation') ? 'people or what they write' : 'people'}`;
}
