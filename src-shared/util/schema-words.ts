import { z } from 'zod';
import { counted, formatCount } from './format-number.ts';

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  set: 'a list',
  object: 'keys and values',
  record: 'keys and values',
  map: 'keys and values',
  null: 'null',
  undefined: 'left out',
  never: 'left out',
  date: 'a date',
};

/** What is counted of a value that has a length. */
const NOUNS: Readonly<Record<string, readonly [one: string, several: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  map: ['entry', 'entries'],
};

type Issue = z.core.$ZodRawIssue;

/**
 * What a schema has against a value, in plain words that follow the name of the value: `must be at most 64`. For `error`
 * of `safeParse`: words that the schema itself brings win over these.
 */
export const plainWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return rangeWords(issue.schema) ?? `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_small':
    case 'too_big':
      return rangeWords(issue.schema) ?? sizeWords(issue);
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return formatWords(issue);
    case 'invalid_union':
      return 'has none of the forms that are possible here';
    case 'unrecognized_keys':
      return `must not have ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
    case 'invalid_key':
      return 'has a key that cannot be a name here';
    case 'invalid_element':
      return 'holds something that cannot stand here';
    case 'custom':
    default:
      return 'is not valid';
  }
};

/** The numbers a schema takes; undefined where it takes none. */
function rangeWords(schema: unknown): string | undefined {
  if (!(schema instanceof z.ZodNumber)) return undefined;
  const kind = schema.isInt ? 'a whole number' : 'a number';
  const [least, most] = [bound(schema.minValue), bound(schema.maxValue)];
  if (least !== null && most !== null) return `must be ${kind} from ${formatCount(least)} to ${formatCount(most)}`;
  if (least !== null) return `must be ${kind} of at least ${formatCount(least)}`;
  return most === null ? `must be ${kind}` : `must be ${kind} of at most ${formatCount(most)}`;
}

/** The ends of what a number can be at all are no limit that a person should read of. */
function bound(value: number | null): number | null {
  return value === null || !Number.isFinite(value) || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
}

function sizeWords(issue: Issue & { readonly code: 'too_small' | 'too_big' }): string {
  const size = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  const number = Number(size);
  const open = issue.inclusive === false;
  const [below, above] = open ? ['less than', 'more than'] : ['at most', 'at least'];
  const relation = issue.code === 'too_small' ? above : below;
  const noun = NOUNS[issue.origin];
  if (noun === undefined) return `must be ${relation} ${formatCount(number)}`;
  return relation === 'at least' && number === 1
    ? 'must not be empty'
    : `must have ${relation} ${counted(number, ...noun)}`;
}

function formatWords(issue: Issue & { readonly code: 'invalid_format' }): string {
  if (issue.format === 'regex') return 'does not have the form that is needed here';
  return `must be of the form ${issue.format}`;
}
