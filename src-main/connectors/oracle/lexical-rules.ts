import type { LexerTraits } from '../kit/lexer-traits.ts';

/**
 * The lexical rules of Oracle's SQL.
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/Basic-Elements-of-Oracle-SQL.html
 *
 * One statement is sent at a time, so that no second one can follow; but functions of packages act, functions can be declared
 * within a WITH list, and `@` leads to another database: these are refused.
 */
export const oracleLexicalRules: LexerTraits = {
  nameQuotes: ['"'],
  stringQuotes: ["'"],
  backslash: 'never',
  unicodeQuotes: false,
  alternativeQuotes: true,
  dollarQuotes: false,
  hashComments: false,
  dashComments: 'always',
  nestedComments: false,
  executableComments: [],
  subscripts: false,
  queryStarts: ['select', 'with'],
  // A colon: one that begins no parameter of ours.
  refusedCharacters: '@:?',
  refusedWords: new Set([
    ...['into', 'insert', 'update', 'delete', 'merge', 'truncate', 'create', 'alter', 'drop', 'grant', 'revoke'],
    ...['begin', 'declare', 'commit', 'rollback', 'savepoint', 'lock', 'call', 'execute', 'procedure', 'pragma'],
    // A function declared in the WITH list of a query.
    ...['function', 'autonomous_transaction'],
    // They reach out of the database, run text as a statement, or act.
    ...['utl_http', 'utl_file', 'utl_tcp', 'utl_smtp', 'utl_inaddr', 'httpuritype', 'dbms_sql', 'dbms_xmlgen'],
    ...[
      'dbms_xmlquery',
      'dbms_ldap',
      'dbms_scheduler',
      'dbms_job',
      'dbms_lock',
      'dbms_pipe',
      'dbms_alert',
      'dbms_java',
    ],
    ...['dbms_cloud', 'dbms_flashback', 'dbms_session', 'nextval'],
  ]),
  refusedFunctions: new Set(['httpuritype']),
};
