/**
 * What only the statement that made a table says of it: checks, expressions of generated columns, collations, and a few words.
 * The library has kept it as it was written.
 */
import { tokensOf, type Token } from './tokens.ts';

export interface WrittenColumn {
  /** In lower case: names are found whatever their case. */
  readonly name: string;
  /** Of a generated column, without its brackets. */
  readonly expression: string | null;
  readonly collation: string | null;
}

export interface WrittenCheck {
  readonly name: string | null;
  /** In lower case; null: it is the table's. */
  readonly column: string | null;
  readonly clause: string;
}

export interface WrittenTable {
  readonly columns: ReadonlyMap<string, WrittenColumn>;
  readonly checks: readonly WrittenCheck[];
  readonly autoincrement: boolean;
  /** Further words that nothing else says: `ON CONFLICT REPLACE`, `DEFERRABLE INITIALLY DEFERRED`. */
  readonly words: readonly string[];
}

const TABLE_PARTS = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']);

/** `sql`: as sqlite_schema has it. */
export function parseTable(sql: string): WrittenTable {
  const parts = partsOf(tokensOf(sql));
  const columns = new Map<string, WrittenColumn>();
  const checks: WrittenCheck[] = [];
  const words: string[] = [];
  for (const part of parts) {
    const [first] = part;
    const isColumn = first !== undefined && !(first.kind === 'word' && TABLE_PARTS.has(first.text));
    const name = isColumn ? nameOf(first, sql).toLowerCase() : null;
    const found = readPart(isColumn ? part.slice(1) : part, sql);
    checks.push(...found.checks.map((check) => ({ ...check, column: name })));
    words.push(...found.words);
    if (name !== null) columns.set(name, { name, expression: found.expression, collation: found.collation });
  }
  const autoincrement = parts.some((part) =>
    part.some(({ kind, text }) => kind === 'word' && text === 'AUTOINCREMENT'),
  );
  return { columns, checks, words, autoincrement };
}

/** Of a word as it is written. */
function nameOf({ kind, text, start, end }: Token, sql: string): string {
  return kind === 'word' ? sql.slice(start, end) : kind === 'string' ? text.slice(1, -1).replaceAll("''", "'") : text;
}

/** What stands between the commas of the first bracket. */
function partsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const open = tokens.findIndex(isOpen);
  if (open < 0) return [];
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(open)) {
    if (isClose(token) && --depth === 0) break;
    if (depth === 1 && token.kind === 'other' && token.text === ',') parts.push([]);
    else if (depth > 0) parts.at(-1)?.push(token);
    if (isOpen(token)) depth++;
  }
  return parts;
}

interface Found {
  expression: string | null;
  collation: string | null;
  readonly checks: { readonly name: string | null; readonly clause: string }[];
  readonly words: string[];
}

/** A column behind its name, or a constraint of the table. */
function readPart(tokens: readonly Token[], sql: string): Found {
  const found: Found = { expression: null, collation: null, checks: [], words: [] };
  let name: string | null = null;
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at] as Token;
    const next = tokens[at + 1];
    const isWord = kind === 'word';
    if (isWord && text === 'CONSTRAINT' && next !== undefined) name = nameOf(next, sql);
    else if (isWord && text === 'COLLATE' && next !== undefined) found.collation = nameOf(next, sql);
    else if (isWord && text === 'CONFLICT' && next !== undefined) found.words.push(`ON CONFLICT ${next.text}`);
    else if (isWord && text === 'DEFERRED') found.words.push('DEFERRABLE INITIALLY DEFERRED');
    else if (isOpen(tokens[at])) {
      const end = closeOf(tokens, at);
      const inside = sql.slice(tokens[at]?.end, tokens[end]?.start).trim();
      const before = tokens[at - 1];
      if (before?.kind === 'word' && before.text === 'CHECK') {
        found.checks.push({ name, clause: `CHECK (${inside})` });
        name = null;
      } else if (before?.kind === 'word' && before.text === 'AS') found.expression = inside;
      at = end;
    }
  }
  return found;
}

/** Where the bracket that opens at `open` closes. */
function closeOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (isOpen(tokens[at])) depth++;
    if (isClose(tokens[at]) && --depth === 0) return at;
  }
  return tokens.length - 1;
}

const isOpen = (token: Token | undefined): boolean => token?.kind === 'other' && token.text === '(';
const isClose = (token: Token | undefined): boolean => token?.kind === 'other' && token.text === ')';
