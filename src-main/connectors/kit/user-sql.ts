/**
 * Lexer for SQL written by the operator, which is UNTRUSTED. It does not understand SQL; it finds where strings, quoted
 * names, comments and brackets begin and end, so that a fragment provably stays inside the place we put it in, and so
 * that `:name` counts only where it is a parameter. What it is not sure about it refuses.
 */
import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';
import type { LexerTraits } from './lexer-traits.ts';

/** What a piece of SQL claims to be. */
export type SqlUse = 'condition' | 'query';

export interface ParameterUse {
  readonly name: string;
  /** Of the colon. */
  readonly start: number;
  readonly end: number;
}

/** SQL that passed the lexer. `text` is unchanged; put it on lines of its own, since it may end in a line comment. */
export interface UserSql {
  readonly text: string;
  readonly parameters: readonly ParameterUse[];
  /** Of a text that begins with WITH: where, behind its list, the first SELECT outside all brackets begins. Else null. */
  readonly withList: { readonly select: number | null } | null;
}

const ALTERNATIVE_PARTNER: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const PARTNER: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const WORD = /[A-Za-z0-9_$\u0080-\uffff]/;
/** ASCII only: no product takes U+00A0 and its like for a blank. */
const BLANK = /[\u0001-\u0020]/;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const PARAMETER = /:([A-Za-z_][A-Za-z0-9_]*)/y;

/** Kind of the last token that is neither blank nor comment. */
type Token = 'none' | 'word' | 'string' | 'escape-string' | 'name' | 'open' | 'close' | 'other';

interface Bracket {
  readonly open: string;
  /** `value[…]`, where a colon separates bounds; not `array[…]`. */
  readonly subscript: boolean;
}

/** Checks the operator's SQL and finds its parameters; throws `PLAN/SQL_REFUSED`. */
export function lexUserSql(text: string, use: SqlUse, traits: LexerTraits): UserSql {
  return new Lexer(text, use, traits).run();
}

class Lexer {
  readonly #text: string;
  readonly #use: SqlUse;
  readonly #traits: LexerTraits;
  readonly #brackets: Bracket[] = [];
  readonly #parameters: ParameterUse[] = [];
  #at = 0;
  #last: Token = 'none';
  /** The last word or quoted name, lower case, while it is the last token. */
  #word = '';
  #tokens = 0;
  /** The first word, lower case; empty: the text begins with something else. */
  #first = '';
  #afterWith: number | null = null;

  constructor(text: string, use: SqlUse, traits: LexerTraits) {
    this.#text = text;
    this.#use = use;
    this.#traits = traits;
  }

  run(): UserSql {
    const nul = this.#text.indexOf('\0');
    if (nul >= 0) throw this.#refuse(nul, 'holds a NUL character');
    while (this.#at < this.#text.length) this.#step();
    const open = this.#brackets.at(-1);
    if (open !== undefined) throw this.#refuse(this.#text.length, `ends inside an open ${open.open}`);
    if (this.#tokens === 0) throw this.#refuse(0, 'is empty');
    const withList = this.#first === 'with' ? { select: this.#afterWith } : null;
    return { text: this.#text, parameters: this.#parameters, withList };
  }

  #step(): void {
    const char = this.#char(0);
    if (BLANK.test(char)) this.#at++;
    else if (this.#comment(char) || this.#quoted(char)) return;
    else if (WORD.test(char) && char !== '$') this.#wordToken();
    else if (char === ':') this.#colon();
    else this.#punctuation(char);
  }

  #comment(char: string): boolean {
    const next = this.#char(1);
    const dashes =
      char === '-' && next === '-' && (this.#traits.dashComments === 'always' || this.#blankAt(this.#at + 2));
    if (dashes || (char === '#' && this.#traits.hashComments)) {
      this.#lineComment();
      return true;
    }
    if (char === '-' && next === '-') throw this.#refuse(this.#at, 'holds -- that is not followed by a blank');
    if (char !== '/' || next !== '*') return false;
    const from = this.#at;
    for (const mark of this.#traits.executableComments) {
      if (this.#text.startsWith(mark, from + 2))
        throw this.#refuse(from, `holds a comment the server executes (/*${mark})`);
    }
    this.#blockComment(from);
    return true;
  }

  #lineComment(): void {
    while (this.#at < this.#text.length && this.#char(0) !== '\n') {
      // A lone carriage return ends the comment in some products and not in others.
      if (this.#char(0) === '\r' && this.#char(1) !== '\n')
        throw this.#refuse(this.#at, 'holds a lone carriage return');
      this.#at++;
    }
  }

  #blockComment(from: number): void {
    let depth = 1;
    this.#at += 2;
    while (depth > 0) {
      if (this.#at >= this.#text.length) throw this.#refuse(from, 'holds a comment without end');
      if (this.#text.startsWith('*/', this.#at)) {
        depth--;
        this.#at += 2;
      } else if (this.#text.startsWith('/*', this.#at)) {
        // Nesting differs between products and versions: a comment in a comment that does not nest is refused.
        if (!this.#traits.nestedComments) throw this.#refuse(this.#at, 'holds a comment inside a comment');
        depth++;
        this.#at += 2;
      } else this.#at++;
    }
  }

  #quoted(char: string): boolean {
    if ((this.#traits.stringQuotes as readonly string[]).includes(char)) {
      // A string right after an E'…' string would be its continuation, with the escape rules of the first.
      if (this.#last === 'escape-string') throw this.#refuse(this.#at, 'continues an escape string');
      this.#skipQuoted(char, this.#traits.backslash === 'always');
      this.#token('string');
      return true;
    }
    if ((this.#traits.nameQuotes as readonly string[]).includes(char)) {
      const from = this.#at + 1;
      this.#skipQuoted(char === '[' ? ']' : char, false);
      this.#token('name', this.#text.slice(from, this.#at - 1).toLowerCase());
      return true;
    }
    return char === '$' && this.#dollarQuote();
  }

  /** Moves behind the closing quote; a doubled quote is part of the text. */
  #skipQuoted(close: string, backslash: boolean): void {
    const from = this.#at++;
    while (this.#at < this.#text.length) {
      const char = this.#char(0);
      if (backslash && char === '\\') this.#at += 2;
      else if (char === close && this.#char(1) === close) this.#at += 2;
      else if (char === close) {
        this.#at++;
        return;
      } else this.#at++;
    }
    throw this.#refuse(from, 'holds a quote without end');
  }

  #dollarQuote(): boolean {
    if (!this.#traits.dollarQuotes) return false;
    DOLLAR_TAG.lastIndex = this.#at;
    const tag = DOLLAR_TAG.exec(this.#text)?.[0];
    if (tag === undefined) throw this.#refuse(this.#at, 'holds a $ that opens no dollar quote');
    const close = this.#text.indexOf(tag, this.#at + tag.length);
    if (close < 0) throw this.#refuse(this.#at, 'holds a dollar quote without end');
    if (this.#last === 'escape-string') throw this.#refuse(this.#at, 'continues an escape string');
    this.#at = close + tag.length;
    this.#token('string');
    return true;
  }

  #wordToken(): void {
    const from = this.#at;
    while (WORD.test(this.#char(0))) this.#at++;
    const word = this.#text.slice(from, this.#at).toLowerCase();
    const next = this.#char(0);
    // `1$a$` is a number and a dollar quote in some versions and an error in others.
    if (this.#traits.dollarQuotes && /^[0-9]/.test(word) && word.includes('$')) {
      throw this.#refuse(from, 'holds a number glued to a $');
    }
    if (next === "'" && word === 'e' && this.#traits.backslash === 'e-strings') {
      if (this.#last === 'escape-string') throw this.#refuse(from, 'continues an escape string');
      this.#skipQuoted("'", true);
      return this.#token('escape-string');
    }
    if (word === 'u' && next === '&' && /['"]/.test(this.#char(1)) && this.#traits.unicodeQuotes) {
      throw this.#refuse(from, 'holds a U& quote');
    }
    if (next === "'" && this.#traits.alternativeQuotes && /^(?:[0-9].*)?n?q$/.test(word)) {
      if (/^[0-9]/.test(word)) throw this.#refuse(from, 'holds a number glued to a quote');
      return this.#alternativeQuote(from);
    }
    if (this.#traits.refusedWords.has(word)) throw this.#refuse(from, `uses the word ${word.toUpperCase()}`);
    if (word === 'select' && this.#first === 'with' && this.#brackets.length === 0) this.#afterWith ??= from;
    this.#token('word', word);
  }

  /** `q'[…]'`: ends at the first closing character that a quote follows, and knows no escapes. */
  #alternativeQuote(from: number): void {
    const open = this.#char(1);
    // Beyond ASCII the server's character set decides what one character is.
    if (!/[!-~]/.test(open)) throw this.#refuse(from, "holds a q'…' quote whose mark is not plain");
    const end = this.#text.indexOf(`${ALTERNATIVE_PARTNER[open] ?? open}'`, this.#at + 2);
    if (end < 0) throw this.#refuse(from, 'holds a quote without end');
    this.#at = end + 2;
    this.#token('string');
  }

  #colon(): void {
    const next = this.#char(1);
    if (next === ':' || next === '=') {
      if (this.#traits.refusedCharacters.includes(':')) throw this.#refuse(this.#at, `holds :${next}`);
      this.#at += 2;
      return this.#token('other');
    }
    PARAMETER.lastIndex = this.#at;
    const name = PARAMETER.exec(this.#text)?.[1];
    if (name === undefined || this.#brackets.at(-1)?.subscript === true) {
      if (this.#traits.refusedCharacters.includes(':')) throw this.#refuse(this.#at, 'holds a : without a name');
      this.#at++;
      return this.#token('other');
    }
    const start = this.#at;
    this.#at += name.length + 1;
    if (this.#last === 'escape-string') throw this.#refuse(start, 'continues an escape string');
    this.#parameters.push({ name, start, end: this.#at });
    this.#token('string');
  }

  #punctuation(char: string): void {
    if (char === ';') throw this.#refuse(this.#at, 'holds a semicolon');
    if (char === '\\') throw this.#refuse(this.#at, 'holds a backslash outside a string');
    if (this.#traits.refusedCharacters.includes(char)) throw this.#refuse(this.#at, `holds ${char} outside a string`);
    if (char === '(' || (char === '[' && this.#traits.subscripts) || char === '{') return this.#open(char);
    if (char === ')' || (char === ']' && this.#traits.subscripts) || char === '}') return this.#close(char);
    this.#at++;
    this.#token('other');
  }

  #open(char: string): void {
    const named = this.#last === 'word' || this.#last === 'name';
    if (char === '(' && named && this.#traits.refusedFunctions.has(this.#word)) {
      throw this.#refuse(this.#at, `calls ${this.#word}`);
    }
    const constructor = this.#last === 'word' && this.#word === 'array';
    const subscript = char === '[' && !constructor && (named || this.#last === 'close' || this.#last === 'string');
    this.#brackets.push({ open: char, subscript });
    this.#at++;
    this.#token('open');
  }

  #close(char: string): void {
    const open = this.#brackets.pop();
    if (open === undefined || PARTNER[open.open] !== char)
      throw this.#refuse(this.#at, `holds ${char} without its partner`);
    this.#at++;
    this.#token('close');
  }

  #token(kind: Token, word = ''): void {
    if (this.#tokens === 0 && kind === 'word') this.#first = word;
    if (
      this.#tokens++ === 0 &&
      this.#use === 'query' &&
      !(kind === 'word' && this.#traits.queryStarts.includes(word))
    ) {
      const starts = this.#traits.queryStarts.map((start) => start.toUpperCase()).join(', ');
      throw this.#refuse(0, `does not begin with one of ${starts}`);
    }
    this.#last = kind;
    this.#word = word;
  }

  #char(ahead: number): string {
    return this.#text.charAt(this.#at + ahead);
  }

  #blankAt(position: number): boolean {
    return position >= this.#text.length || BLANK.test(this.#text.charAt(position));
  }

  /** The message names places and rules, never the operator's literals. */
  #refuse(position: number, why: string): AppError {
    const before = this.#text.slice(0, position).split('\n');
    const line = before.length;
    const column = (before.at(-1)?.length ?? 0) + 1;
    return appError('PLAN/SQL_REFUSED', {
      message: `The ${this.#use} ${why} (line ${line}, column ${column} of it).`,
      remedy: `Write the ${this.#use} as one expression of SQL that only reads; a name that is a refused word goes in quotes.`,
      context: { use: this.#use, line, column },
    });
  }
}
