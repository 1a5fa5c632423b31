import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { MaskSpec } from '../../../src-shared/model/plan.ts';
import type { Category, PersonalRule } from './personal-rule.ts';

/** What is worth keeping of a text of each category: that equal values stay equal, its end, or nothing. */
const KEEP_OF_TEXT: Record<Category, 'equality' | 'last four' | 'nothing'> = {
  name: 'nothing',
  email: 'equality',
  phone: 'last four',
  address: 'nothing',
  birth: 'nothing',
  'national-id': 'equality',
  'bank-account': 'last four',
  card: 'last four',
  'network-address': 'equality',
  login: 'equality',
  secret: 'nothing',
  health: 'nothing',
  location: 'nothing',
  gender: 'nothing',
  'belief-origin': 'nothing',
  pay: 'nothing',
  likeness: 'nothing',
  family: 'nothing',
  'free-text': 'nothing',
};

const TOKEN_CHARACTERS = 26;
const REDACTED_CHARACTERS = 'REDACTED'.length;

/** A mask to begin with. It fits the column, but for arrays that are NOT NULL, which no mask can take. */
export function suggestMask(
  rule: Pick<PersonalRule, 'category' | 'class'>,
  column: { readonly type: LogicalType; readonly nullable: boolean },
): MaskSpec {
  const { type, nullable } = column;
  if (type.kind === 'text') return suggestForText(rule, type.maxCharacters ?? Infinity);
  const value = nullable ? null : harmlessValue(type);
  return value === null ? { mask: 'nullify' } : { mask: 'constant', value };
}

function suggestForText(
  { category, class: meaning }: Pick<PersonalRule, 'category' | 'class'>,
  characters: number,
): MaskSpec {
  const keep = KEEP_OF_TEXT[category];
  if (keep === 'equality' && characters >= TOKEN_CHARACTERS) return { mask: 'pseudonym', class: meaning };
  if (keep === 'last four') return { mask: 'partial', keepLast: 4 };
  if (characters >= REDACTED_CHARACTERS) return { mask: 'redact' };
  return { mask: 'constant', value: '' };
}

/** A value of the type that says nothing; null where there is none. */
function harmlessValue(type: Exclude<LogicalType, { kind: 'text' }>): string | null {
  switch (type.kind) {
    case 'boolean':
      return 'false';
    case 'int':
    case 'decimal':
    case 'float':
      return '0';
    case 'timestamp':
      return `1970-01-01T00:00:00${type.zone === 'none' ? '' : type.zone === 'utc' ? 'Z' : '+00:00'}`;
    case 'date':
      return '1970-01-01';
    case 'time':
      return `00:00:00${type.zone === 'none' ? '' : '+00:00'}`;
    case 'interval':
      return 'PT0S';
    case 'bytes':
      return '';
    case 'json':
      return '{}';
    case 'array':
      return null;
  }
}
