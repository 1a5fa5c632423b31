import type { SqlQuoting } from './sql-quoting.ts';

/**
 * Conditions as data: what a person puts together on a screen, all of which must hold. Written as SQL for the plan file
 * and read back from it. SQL that says more than this stays SQL.
 */
export const OPERATORS = [
  'is',
  'isNot',
  'less',
  'atMost',
  'more',
  'atLeast',
  'contains',
  'startsWith',
  'isNull',
  'isNotNull',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** What a column is compared with. A number is written bare, text in quotes, a parameter with its colon. */
export interface Operand {
  readonly kind: 'text' | 'number' | 'param';
  readonly text: string;
}

export interface Condition {
  readonly column: string;
  readonly operator: Operator;
  /** null where the operator takes none. */
  readonly operand: Operand | null;
}

const SIGNS = { is: '=', isNot: '<>', less: '<', atMost: '<=', more: '>', atLeast: '>=' } as const;

/** Whether the operator compares with something. */
export const takesOperand = (operator: Operator): boolean => operator !== 'isNull' && operator !== 'isNotNull';

export const isNumberText = (text: string): boolean => /^-?\d+(?:\.\d+)?$/.test(text);

/** The conditions as SQL; null without any. */
export function filterToSql(conditions: readonly Condition[], quoting: SqlQuoting): string | null {
  return conditions.length === 0 ? null : conditions.map((each) => conditionToSql(each, quoting)).join(' and ');
}

function conditionToSql({ column, operator, operand }: Condition, quoting: SqlQuoting): string {
  const name = quoteName(column, quoting);
  switch (operator) {
    case 'isNull':
      return `${name} is null`;
    case 'isNotNull':
      return `${name} is not null`;
    case 'contains':
    case 'startsWith':
      return `${name} ${likeOf(operator, operand?.text ?? '', quoting)}`;
    case 'is':
    case 'isNot':
    case 'less':
    case 'atMost':
    case 'more':
    case 'atLeast':
      return `${name} ${SIGNS[operator]} ${operandToSql(operand, quoting)}`;
  }
}

/** What a pattern would take for a wildcard is escaped by `!`, which no product takes for anything itself. */
function likeOf(operator: 'contains' | 'startsWith', text: string, quoting: SqlQuoting): string {
  const escaped = text.replace(quoting.likeSets === true ? /[!%_[]/g : /[!%_]/g, '!$&');
  const pattern = quoteText(`${operator === 'contains' ? '%' : ''}${escaped}%`, quoting);
  return escaped === text ? `like ${pattern}` : `like ${pattern} escape '!'`;
}

function operandToSql(operand: Operand | null, quoting: SqlQuoting): string {
  if (operand === null) return "''";
  if (operand.kind === 'param') return `:${operand.text}`;
  return operand.kind === 'number' && isNumberText(operand.text) ? operand.text : quoteText(operand.text, quoting);
}

function quoteText(text: string, { backslashEscapes, nationalTexts }: SqlQuoting): string {
  const doubled = text.replaceAll("'", "''");
  return `${nationalTexts === true ? 'N' : ''}'${backslashEscapes ? doubled.replaceAll('\\', '\\\\') : doubled}'`;
}

// Words that mean something else where a name stands bare, in one product or another.
const RESERVED = new Set(
  `all and any array as asc between both by case cast check collate column constraint create cross current_date
   current_time current_timestamp current_user default desc distinct div do else end escape except exists false fetch
   first for foreign from full grant group groups having if in index inner insert intersect interval into is isnull join
   key keys last lateral leading left like limit lock match mod natural not notnull null of offset on only option or
   order outer over partition primary range rank read references regexp right row rows select session_user set show
   some system table then to trailing true union unique update usage user using values when where window with
   xor`.split(/\s+/),
);

function quoteName(name: string, { nameQuote }: SqlQuoting): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name)) return name;
  return nameQuote + name.replaceAll(nameQuote, nameQuote + nameQuote) + nameQuote;
}
