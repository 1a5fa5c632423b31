// Transact-SQL of the contract suite and of the connector's reads, as SQLite says it. What it does not know stays as it is,
// and SQLite refuses it.
import { SyntaxFault, sqlTokens, type SqlToken } from './sql-tokens.ts';

/** Types whose names SQLite could not read. */
export const TYPE_WORDS: Readonly<Record<string, string>> = {
  'nvarchar(max)': 'nvarchar_max',
  'varbinary(max)': 'varbinary_max',
};
const SCHEMA = 'dbo';

/** One statement; `limitOf`: the value of the parameter that a TOP stands for. */
export function toSqlite(sql: string): string {
  const tokens = sqlTokens(sql);
  const { text, end } = new Translation(tokens).until(0);
  if (end < tokens.length) throw new SyntaxFault(tokens[end]?.value ?? '');
  return text;
}

class Translation {
  readonly #tokens: readonly SqlToken[];

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  /** Up to the closing bracket of this level, or to the end; the rows of a TOP become its LIMIT. */
  until(start: number): { readonly text: string; readonly end: number } {
    const out: string[] = [];
    let limit: string | null = null;
    let at = start;
    while (at < this.#tokens.length && !this.#is(at, ')')) {
      if (this.#is(at, 'top')) {
        const inner = this.#bracket(at + 1);
        limit = inner.text;
        at = inner.end;
        continue;
      }
      const step = this.#special(at) ?? this.#plain(at);
      out.push(step.text);
      at = step.end;
    }
    const text = out.join(' ');
    return { text: limit === null ? text : `${text} limit ${limit}`, end: at };
  }

  #special(at: number): { readonly text: string; readonly end: number } | null {
    if (this.#is(at, 'convert') && this.#is(at + 1, '(')) return this.#convert(at + 2);
    if (this.#is(at, 'generate_series') && this.#is(at + 1, '(')) return this.#series(at + 1);
    if (this.#is(at, 'with') && this.#is(at + 1, '(') && this.#is(at + 2, 'repeatableread'))
      return { text: '', end: at + 4 };
    if (this.#is(at, 'offset') && this.#is(at + 3, 'fetch')) return this.#offset(at);
    if (this.#word(at) === SCHEMA && this.#is(at + 1, '.')) return { text: '', end: at + 2 };
    const type = this.#type(at);
    return type === null ? null : { text: TYPE_WORDS[type.text] ?? type.text, end: type.end };
  }

  #plain(at: number): { readonly text: string; readonly end: number } {
    const { kind, value } = this.#tokens[at] as SqlToken;
    if (value === '(' && kind === 'sign') {
      const { text, end } = this.#bracket(at);
      return { text: `(${text})`, end };
    }
    if (kind === 'name') return { text: `"${value.replaceAll('"', '""')}"`, end: at + 1 };
    if (kind === 'text') return { text: `'${value.replaceAll("'", "''")}'`, end: at + 1 };
    if (kind === 'word' && value === 'count_big') return { text: 'count', end: at + 1 };
    return { text: value, end: at + 1 };
  }

  /** What stands between an opening bracket and its partner; behind the partner. */
  #bracket(at: number): { readonly text: string; readonly end: number } {
    if (!this.#is(at, '(')) throw new SyntaxFault(this.#tokens[at]?.value ?? '');
    const { text, end } = this.until(at + 1);
    if (!this.#is(end, ')')) throw new SyntaxFault(')');
    return { text, end: end + 1 };
  }

  #convert(at: number): { readonly text: string; readonly end: number } {
    const type = this.#type(at) ?? { text: this.#word(at), end: at + 1 };
    if (!this.#is(type.end, ',')) throw new SyntaxFault(this.#tokens[type.end]?.value ?? '');
    const { text, end } = this.until(type.end + 1);
    return { text: `tsql_convert('${type.text}', ${text})`, end: end + 1 };
  }

  /** `offset n rows fetch next m rows only`. */
  #offset(at: number): { readonly text: string; readonly end: number } {
    const [skipped, rows] = [this.#tokens[at + 1]?.value, this.#tokens[at + 5]?.value];
    return { text: `limit ${rows ?? ''} offset ${skipped ?? ''}`, end: at + 8 };
  }

  #series(at: number): { readonly text: string; readonly end: number } {
    const { text, end } = this.#bracket(at);
    const [from, to] = text.split(' , ');
    const numbers = `with recursive r (value) as (select ${from} union all select value + 1 from r where value < ${to})`;
    return { text: `(${numbers} select value from r)`, end };
  }

  /** A type with `max` in its brackets. */
  #type(at: number): { readonly text: string; readonly end: number } | null {
    if (!this.#is(at + 1, '(') || !this.#is(at + 2, 'max') || !this.#is(at + 3, ')')) return null;
    return { text: `${this.#word(at)}(max)`, end: at + 4 };
  }

  #word(at: number): string {
    const token = this.#tokens[at];
    return token?.kind === 'word' || token?.kind === 'name' ? token.value.toLowerCase() : '';
  }

  #is(at: number, value: string): boolean {
    const token = this.#tokens[at];
    return (token?.kind === 'word' || token?.kind === 'sign') && token.value.toLowerCase() === value;
  }
}
