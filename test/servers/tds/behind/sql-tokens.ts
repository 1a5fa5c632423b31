// The words of Transact-SQL, as far as the stand-in's small part of it goes.

export interface SqlToken {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'parameter' | 'sign';
  /** A name or a text without its quotes; else as it is written. */
  readonly value: string;
}

const PLAIN =
  /(?<word>[A-Za-z_][\w$]*)|(?<number>\d+(?:\.\d+)?)|(?<parameter>@\w+)|(?<sign><>|<=|>=|!=|[(),.=<>+\-*/%])/y;

export class SyntaxFault extends Error {}

export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < sql.length;) {
    const rest = sql.slice(at);
    const gap = /^(?:\s+|--[^\n]*)/.exec(rest)?.[0].length ?? commentLength(rest);
    if (gap > 0) at += gap;
    else {
      const { token, length } = tokenAt(sql, at);
      tokens.push(token);
      at += length;
    }
  }
  return tokens;
}

function commentLength(rest: string): number {
  if (!rest.startsWith('/*')) return 0;
  let depth = 0;
  for (const { 0: mark, index } of rest.matchAll(/\/\*|\*\//g)) {
    depth += mark === '/*' ? 1 : -1;
    if (depth === 0) return index + 2;
  }
  throw new SyntaxFault('*/');
}

function tokenAt(sql: string, at: number): { readonly token: SqlToken; readonly length: number } {
  const char = sql[at] ?? '';
  if (char === '[' || char === '"') {
    const { value, length } = quotedAt(sql, at, char === '[' ? ']' : '"');
    return { token: { kind: 'name', value }, length };
  }
  const national = /^N'/i.test(sql.slice(at, at + 2)) ? 1 : 0;
  if (char === "'" || national === 1) {
    const { value, length } = quotedAt(sql, at + national, "'");
    return { token: { kind: 'text', value }, length: length + national };
  }
  PLAIN.lastIndex = at;
  const groups = PLAIN.exec(sql)?.groups ?? {};
  for (const kind of ['word', 'number', 'parameter', 'sign'] as const) {
    const value = groups[kind];
    if (value !== undefined) return { token: { kind, value }, length: value.length };
  }
  throw new SyntaxFault(char);
}

function quotedAt(sql: string, at: number, close: string): { readonly value: string; readonly length: number } {
  let value = '';
  for (let i = at + 1; i < sql.length; i++) {
    if (sql[i] !== close) value += sql[i];
    else if (sql[i + 1] === close) value += sql[i++];
    else return { value, length: i + 1 - at };
  }
  throw new SyntaxFault(close);
}
