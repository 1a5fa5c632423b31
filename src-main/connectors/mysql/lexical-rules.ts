import type { LexerTraits } from '../kit/lexer-traits.ts';

/**
 * The lexical rules of MySQL and MariaDB with an empty `sql_mode`, which our sessions set: backslashes escape, `"` opens
 * a string. https://dev.mysql.com/doc/refman/8.4/en/language-structure.html
 *
 * The refused words and functions act on the server although they stand in a query: files, locks, sequences, sleeping,
 * statements run elsewhere. This is a second net: the read-only transaction and the login's rights are the first.
 */
export const mysqlLexicalRules: LexerTraits = {
  nameQuotes: ['`'],
  stringQuotes: ["'", '"'],
  backslash: 'always',
  unicodeQuotes: false,
  alternativeQuotes: false,
  dollarQuotes: false,
  hashComments: true,
  dashComments: 'before-blank',
  nestedComments: false,
  // `/*+` are optimizer hints: SET_VAR changes settings of the session for the statement.
  executableComments: ['!', 'M!', '+'],
  subscripts: false,
  queryStarts: ['select', 'with', 'values', 'table'],
  // Newer servers take `$` at the start of a word for the start of a dollar quote.
  refusedCharacters: '$',
  refusedWords: new Set(['into', 'outfile', 'dumpfile', 'update', 'delete', 'lock', 'share', 'procedure', 'nextval']),
  refusedFunctions: new Set([
    ...['sleep', 'benchmark', 'load_file', 'get_lock', 'release_lock', 'release_all_locks', 'setval', 'lastval'],
    ...['master_pos_wait', 'source_pos_wait', 'master_gtid_wait', 'wait_for_executed_gtid_set'],
    ...['wait_until_sql_thread_after_gtids', 'sys_exec', 'sys_eval', 'sys_set', 'sys_get'],
    ...['spider_direct_sql', 'spider_bg_direct_sql', 'spider_copy_tables', 'spider_flush_table_mon_cache'],
    ...['group_replication_set_as_primary', 'group_replication_switch_to_single_primary_mode'],
    ...['group_replication_switch_to_multi_primary_mode', 'group_replication_set_communication_protocol'],
    ...['group_replication_set_write_concurrency', 'asynchronous_connection_failover_add_source'],
    ...['asynchronous_connection_failover_delete_source', 'asynchronous_connection_failover_reset'],
    ...['service_get_read_locks', 'service_get_write_locks', 'service_release_locks', 'version_tokens_set'],
    ...['version_tokens_edit', 'version_tokens_delete', 'version_tokens_lock_exclusive', 'keyring_key_store'],
    ...['keyring_key_generate', 'keyring_key_remove', 'audit_log_filter_set_filter', 'audit_log_rotate'],
    ...['load_rewrite_rules', 'mysql_firewall_flush_status', 'gen_dictionary_load', 'ps_kill'],
  ]),
};
