import type { Condition, Operand, Operator } from './filter.ts';
import type { SqlQuoting } from './sql-quoting.ts';

type Token =
  | { readonly kind: 'name' | 'text' | 'number' | 'param'; readonly text: string }
  | { readonly kind: 'sign' | 'word'; readonly text: string };

const OPERATORS_OF_SIGNS: Readonly<Record<string, Operator>> = {
  '=': 'is',
  '<>': 'isNot',
  '!=': 'isNot',
  '<': 'less',
  '<=': 'atMost',
  '>': 'more',
  '>=': 'atLeast',
};

const WORDS = new Set(['and', 'is', 'not', 'null', 'like', 'escape']);

/**
 * The conditions that a filter's SQL says, when it is a plain list of them joined by AND over known columns; null: it says
 * something that cannot be drawn. Never guesses: what is given back means the same.
 */
export function sqlToFilter(
  sql: string | null,
  { quoting, columns }: { readonly quoting: SqlQuoting; readonly columns: readonly string[] },
): readonly Condition[] | null {
  if (sql === null) return [];
  const tokens = tokensOf(sql, quoting);
  if (tokens === null) return null;
  const reader = new FilterReader(tokens, columns, quoting.likeSets === true ? '!%_[' : '!%_');
  return reader.conditions();
}

class FilterReader {
  readonly #tokens: readonly Token[];
  readonly #columns: readonly string[];
  /** The escape sign, and what a pattern takes for a wildcard. */
  readonly #special: string;
  #at = 0;

  constructor(tokens: readonly Token[], columns: readonly string[], special: string) {
    this.#tokens = tokens;
    this.#columns = columns;
    this.#special = special;
  }

  conditions(): readonly Condition[] | null {
    const found: Condition[] = [];
    for (;;) {
      const condition = this.#condition();
      if (condition === null) return null;
      found.push(condition);
      if (this.#at === this.#tokens.length) return found;
      if (!this.#word('and')) return null;
    }
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  #word(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #condition(): Condition | null {
    const name = this.#next();
    const column = name?.kind === 'name' ? this.#column(name.text) : undefined;
    if (column === undefined) return null;
    if (this.#word('is')) {
      const operator = this.#word('not') ? 'isNotNull' : 'isNull';
      return this.#word('null') ? { column, operator, operand: null } : null;
    }
    if (this.#word('like')) return this.#like(column);
    const sign = this.#next();
    const operator = sign?.kind === 'sign' ? OPERATORS_OF_SIGNS[sign.text] : undefined;
    const operand = this.#operand();
    return operator === undefined || operand === null ? null : { column, operator, operand };
  }

  /** A bare name is written in any case by people; a quoted one is meant exactly. */
  #column(text: string): string | undefined {
    if (text.startsWith('"')) return this.#columns.find((known) => known === text.slice(1));
    const exact = this.#columns.filter((known) => known === text);
    const folded = exact.length > 0 ? exact : this.#columns.filter((known) => known === text.toLowerCase());
    return folded.length === 1 ? folded[0] : undefined;
  }

  #operand(): Operand | null {
    const token = this.#next();
    if (token?.kind === 'text' || token?.kind === 'number' || token?.kind === 'param') {
      return { kind: token.kind, text: token.text };
    }
    return null;
  }

  #like(column: string): Condition | null {
    const pattern = this.#next();
    if (pattern?.kind !== 'text') return null;
    const escape = this.#word('escape') ? this.#next() : undefined;
    if (escape !== undefined && (escape.kind !== 'text' || escape.text !== '!')) return null;
    const isEscaped = escape !== undefined;
    // Every text begins with nothing: a lone `%`.
    const starts = pattern.text === '%' || !pattern.text.startsWith('%');
    const inner = pattern.text.slice(starts ? 0 : 1, -1);
    const escaped = new RegExp(`!([${this.#special}])`, 'g');
    const bare = isEscaped ? inner.replace(escaped, '') : inner;
    const isWild = Array.from(this.#special).some((sign) => sign !== '!' && bare.includes(sign));
    // Without an ESCAPE a backslash may be one, in some products.
    if (!pattern.text.endsWith('%') || pattern.text.length < (starts ? 1 : 2) || isWild) return null;
    if (isEscaped ? bare.includes('!') : inner.includes('\\')) return null;
    const text = isEscaped ? inner.replace(escaped, '$1') : inner;
    return { column, operator: starts ? 'startsWith' : 'contains', operand: { kind: 'text', text } };
  }
}

/** null: there is something in it that no condition has. Quoted names begin with `"` here, whatever quotes them. */
function tokensOf(sql: string, quoting: SqlQuoting): readonly Token[] | null {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length;) {
    const rest = sql.slice(at);
    const blank = /^\s+/.exec(rest);
    if (blank !== null) {
      at += blank[0].length;
      continue;
    }
    const found = tokenAt(rest, quoting);
    if (found === null) return null;
    tokens.push(found.token);
    at += found.length;
  }
  return tokens;
}

function tokenAt(rest: string, quoting: SqlQuoting): { readonly token: Token; readonly length: number } | null {
  if (quoting.nationalTexts === true && /^N'/i.test(rest)) {
    const text = textAt(rest.slice(1), quoting);
    return text === null ? null : { ...text, length: text.length + 1 };
  }
  const sign = /^(?:<>|!=|<=|>=|[=<>])/.exec(rest);
  if (sign !== null) return { token: { kind: 'sign', text: sign[0] }, length: sign[0].length };
  const number = /^-?\d+(?:\.\d+)?(?![\w.])/.exec(rest);
  if (number !== null) return { token: { kind: 'number', text: number[0] }, length: number[0].length };
  const param = /^:([A-Za-z_][A-Za-z0-9_]*)/.exec(rest);
  if (param !== null) return { token: { kind: 'param', text: param[1] ?? '' }, length: param[0].length };
  const word = /^[A-Za-z_][A-Za-z0-9_]*(?![\w('".])/.exec(rest);
  if (word !== null) {
    const lower = word[0].toLowerCase();
    return WORDS.has(lower)
      ? { token: { kind: 'word', text: lower }, length: lower.length }
      : { token: { kind: 'name', text: word[0] }, length: word[0].length };
  }
  if (rest.startsWith("'")) return textAt(rest, quoting);
  return rest.startsWith(quoting.nameQuote) ? nameAt(rest, quoting) : null;
}

function textAt(rest: string, { backslashEscapes }: SqlQuoting): { token: Token; length: number } | null {
  let text = '';
  for (let at = 1; at < rest.length; at++) {
    const sign = rest[at] ?? '';
    const next = rest[at + 1];
    if (sign === "'" && next !== "'") return { token: { kind: 'text', text }, length: at + 1 };
    if (sign === '\\' && backslashEscapes) {
      // Other escapes are characters of their own; a person who writes them stays with SQL.
      if (next !== '\\' && next !== "'") return null;
      text += next;
      at++;
    } else {
      text += sign;
      if (sign === "'") at++;
    }
  }
  return null;
}

function nameAt(rest: string, { nameQuote }: SqlQuoting): { token: Token; length: number } | null {
  let text = '"';
  for (let at = 1; at < rest.length; at++) {
    if (rest[at] === nameQuote) {
      if (rest[at + 1] !== nameQuote) return { token: { kind: 'name', text }, length: at + 1 };
      at++;
    }
    text += rest[at] ?? '';
  }
  return null;
}
