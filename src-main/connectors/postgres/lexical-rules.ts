import type { LexerTraits } from '../kit/lexer-traits.ts';

/**
 * PostgreSQL's lexical rules with `standard_conforming_strings` on, which our sessions set.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 *
 * The refused functions act on the server even in a read-only transaction, or change the settings that make our bytes
 * stable. This is a second net: rights of the login are the first.
 */
export const postgresLexicalRules: LexerTraits = {
  nameQuotes: ['"'],
  stringQuotes: ["'"],
  backslash: 'e-strings',
  unicodeQuotes: true,
  alternativeQuotes: false,
  dollarQuotes: true,
  hashComments: false,
  dashComments: 'always',
  nestedComments: true,
  executableComments: [],
  subscripts: true,
  queryStarts: ['select', 'with', 'values', 'table'],
  refusedCharacters: '',
  refusedWords: new Set(['into', 'insert', 'delete', 'merge']),
  refusedFunctions: new Set([
    ...['set_config', 'setseed', 'pg_terminate_backend', 'pg_cancel_backend', 'pg_reload_conf', 'pg_rotate_logfile'],
    ...['lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lo_import', 'lo_export', 'lo_unlink', 'lo_open'],
    ...['lowrite', 'lo_truncate', 'lo_truncate64', 'pg_promote', 'pg_switch_wal', 'pg_create_restore_point'],
    ...['pg_logical_emit_message', 'pg_drop_replication_slot', 'pg_create_logical_replication_slot'],
    ...['pg_create_physical_replication_slot', 'pg_replication_slot_advance', 'pg_replication_origin_create'],
    ...['pg_replication_origin_drop', 'pg_wal_replay_pause', 'pg_wal_replay_resume', 'pg_backup_start'],
    ...['pg_backup_stop', 'pg_start_backup', 'pg_stop_backup', 'pg_file_write', 'pg_file_unlink', 'pg_file_rename'],
    ...['pg_read_file', 'pg_read_binary_file', 'pg_ls_dir', 'pg_notify', 'pg_advisory_lock', 'pg_advisory_xact_lock'],
    ...[
      'pg_advisory_lock_shared',
      'pg_try_advisory_lock',
      'pg_advisory_unlock_all',
      'pg_stat_reset',
      'nextval',
      'setval',
    ],
    ...['dblink', 'dblink_exec', 'dblink_connect', 'dblink_send_query', 'query_to_xml', 'query_to_xmlschema'],
    ...['query_to_xml_and_xmlschema', 'cursor_to_xml', 'database_to_xml', 'ts_stat', 'xpath_table', 'crosstab'],
  ]),
};
