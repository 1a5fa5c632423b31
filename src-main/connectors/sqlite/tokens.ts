/** Tokens of SQL as the library itself has kept it: it compiled once, so that nothing has to be refused. https://sqlite.org/lang.html */

export interface Token {
  /** `name`: in quotes of a name. A text in double quotes may be one too. */
  readonly kind: 'word' | 'name' | 'string' | 'other';
  /** Of a word in upper case; of a name what stands inside its quotes; else as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const PATTERNS: readonly (readonly [kind: Token['kind'] | 'blank', pattern: RegExp])[] = [
  ['blank', /(?:\s|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y],
  ['string', /[xX]?'(?:[^']|'')*'/y],
  ['name', /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['other', /[\d.][\w.]*|[\s\S]/y],
];

export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length;) {
    const start = at;
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = start;
      const found = pattern.exec(sql)?.[0];
      if (found === undefined) continue;
      at = start + found.length;
      if (kind !== 'blank') tokens.push({ kind, text: textOf(kind, found), start, end: at });
      break;
    }
  }
  return tokens;
}

function textOf(kind: Token['kind'], written: string): string {
  if (kind === 'word') return written.toUpperCase();
  if (kind !== 'name') return written;
  const quote = written.slice(-1);
  const inside = written.slice(1, -1);
  return quote === ']' ? inside : inside.replaceAll(quote + quote, quote);
}
