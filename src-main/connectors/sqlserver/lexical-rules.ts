import type { LexerTraits } from '../kit/lexer-traits.ts';

/**
 * The lexical rules of Transact-SQL with QUOTED_IDENTIFIER ON, which our sessions set.
 * https://learn.microsoft.com/sql/t-sql/language-elements/language-elements-transact-sql
 *
 * Statements need no semicolon between them, so that a second one could follow the first unseen: what the operator writes
 * stands in brackets, which no statement crosses, and the words that begin a statement that acts are refused. `@` is refused
 * since our own parameters are written with it.
 */
export const sqlserverLexicalRules: LexerTraits = {
  nameQuotes: ['"', '['],
  stringQuotes: ["'"],
  backslash: 'never',
  unicodeQuotes: false,
  alternativeQuotes: false,
  dollarQuotes: false,
  hashComments: false,
  dashComments: 'always',
  nestedComments: true,
  executableComments: [],
  subscripts: false,
  queryStarts: ['select', 'with'],
  refusedCharacters: '@',
  refusedWords: new Set([
    ...['into', 'insert', 'update', 'delete', 'merge', 'truncate', 'create', 'alter', 'drop', 'exec', 'execute'],
    ...['grant', 'revoke', 'deny', 'declare', 'begin', 'commit', 'rollback', 'backup', 'restore', 'bulk', 'dbcc'],
    ...['shutdown', 'kill', 'waitfor', 'reconfigure', 'writetext', 'updatetext', 'go', 'print', 'raiserror', 'throw'],
    // They run a statement elsewhere, or read a file of the server.
    ...['openquery', 'openrowset', 'opendatasource'],
    // Hints that take locks nobody asked for, or read what was never committed.
    ...['tablockx', 'tablock', 'xlock', 'updlock', 'holdlock', 'serializable', 'nolock', 'readuncommitted', 'readpast'],
  ]),
  refusedFunctions: new Set(['openquery', 'openrowset', 'opendatasource']),
};
