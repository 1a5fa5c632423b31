// The words of Oracle's SQL, as far as the double's small part of it goes.
import { ServerFault } from './server-fault.ts';

export interface SqlToken {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'parameter' | 'sign';
  /** A name or a text without its quotes; an unquoted word in upper case, as the server reads it. */
  readonly value: string;
}

const TOKEN =
  /\s+|--[^\n]*|\/\*.*?\*\/|"(?<name>[^"]+)"|'(?<text>(?:[^']|'')*)'|(?<word>[A-Za-z_][\w$]*)|(?<number>\d+(?:\.\d+)?)|(?<parameter>:\w+)|(?<sign><>|<=|>=|!=|\|\||[(),.=<>+\-*/])/sy;

export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < sql.length) {
    const groups = TOKEN.exec(sql)?.groups;
    if (groups === undefined) throw new ServerFault('ORA-00911', 'invalid character');
    const [kind, value] = Object.entries(groups).find(([, text]) => text !== undefined) ?? [];
    if (kind === undefined || value === undefined) continue;
    tokens.push({ kind: kind as SqlToken['kind'], value: spelt(kind, value) });
  }
  return tokens;
}

function spelt(kind: string, value: string): string {
  if (kind === 'word') return value.toUpperCase();
  return kind === 'text' ? value.replaceAll("''", "'") : value;
}
