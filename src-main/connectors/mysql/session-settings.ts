/** Settings of a reading session: what would move bytes or drop rows is fixed, what would hurt others is bounded. */
export interface SessionLimits {
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly isMariadb: boolean;
}

/** What the product takes at most. */
const LOCK_TIMEOUT_AT_MOST_S = 31_536_000;
/** How long the server waits for a run that writes its file or reads it back; a sleeping laptop must not hold it for ever. */
const IDLE_S = 4 * 60 * 60;
/** GROUP_CONCAT cuts at this length without an error. */
const GROUP_CONCAT_BYTES = 1024 * 1024 * 1024;

/** Statements that fix them all, in order. */
export function sessionSettings({ statementTimeoutMs, lockTimeoutMs, isMariadb }: SessionLimits): readonly string[] {
  // The product counts whole seconds.
  const lockSeconds = Math.min(Math.ceil(lockTimeoutMs / 1000), LOCK_TIMEOUT_AT_MOST_S);
  const timeout = isMariadb
    ? `max_statement_time = ${statementTimeoutMs / 1000}`
    : `max_execution_time = ${statementTimeoutMs}`;
  const settings = [
    // Decides what quotes and backslashes mean: literals and the lexer for the operator's SQL rely on it.
    `sql_mode = ''`,
    `time_zone = '+00:00'`,
    'autocommit = 1',
    'sql_auto_is_null = 0',
    // A server may be set to cut every result, or to refuse large ones.
    'sql_select_limit = 18446744073709551615',
    'sql_big_selects = 1',
    `group_concat_max_len = ${GROUP_CONCAT_BYTES}`,
    `lock_wait_timeout = ${lockSeconds}`,
    `innodb_lock_wait_timeout = ${lockSeconds}`,
    `net_write_timeout = ${IDLE_S}`,
    `wait_timeout = ${IDLE_S}`,
    timeout,
  ];
  return [
    'set names utf8mb4',
    `set session ${settings.join(', ')}`,
    // Only at this level do all reads of a transaction see one point in time.
    'set session transaction isolation level repeatable read, read only',
  ];
}
