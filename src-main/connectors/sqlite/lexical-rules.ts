import type { LexerTraits } from '../kit/lexer-traits.ts';

/**
 * SQLite's lexical rules, with double-quoted strings switched off as in our sessions. https://sqlite.org/lang_keywords.html
 *
 * `?`, `@`, `$` and `:` begin parameters of SQLite's own: one that we do not bind would silently be NULL. The file itself
 * is open read-only; the words and functions are a second net.
 */
export const sqliteLexicalRules: LexerTraits = {
  nameQuotes: ['"', '`', '['],
  stringQuotes: ["'"],
  backslash: 'never',
  unicodeQuotes: false,
  alternativeQuotes: false,
  dollarQuotes: false,
  hashComments: false,
  dashComments: 'always',
  nestedComments: false,
  executableComments: [],
  subscripts: false,
  queryStarts: ['select', 'with', 'values'],
  refusedCharacters: '?@$#:{}',
  refusedWords: new Set(['insert', 'update', 'delete', 'into', 'attach', 'detach', 'pragma', 'vacuum']),
  refusedFunctions: new Set(['load_extension', 'readfile', 'writefile', 'edit', 'fts3_tokenizer', 'sqlite_dbpage']),
};
