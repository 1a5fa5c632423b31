/**
 * The catalog of error codes. The kind of an error decides behaviour (retry, exit code, tone, ledger entry); the code
 * decides wording. Adding a code is one line here; a misspelt code does not compile.
 */
export type ErrorKind =
  | 'input'
  | 'denied'
  | 'absent'
  | 'conflict'
  | 'unsupported'
  | 'unavailable'
  | 'exhausted'
  | 'integrity'
  | 'indeterminate'
  | 'cancelled'
  | 'bug';

export const ERROR_CATALOG = {
  'CLI/USAGE': 'input',
  'CLI/NOT_CONFIRMED': 'denied',
  'CONNECTION/ABSENT': 'absent',
  'CONNECTION/EXISTS': 'conflict',
  'CONNECTION/OPTION_INVALID': 'input',
  'CONNECTION/URL_UNREADABLE': 'input',
  'CONNECTION/NOT_CONFIRMED': 'denied',
  'PLAN/ABSENT': 'absent',
  'PLAN/UNREADABLE': 'input',
  'PLAN/INVALID': 'input',
  'PLAN/VERSION_UNKNOWN': 'unsupported',
  'PLAN/SELECTION_EMPTY': 'input',
  'PLAN/SQL_REFUSED': 'input',
  'PLAN/PARAM_UNDECLARED': 'input',
  'PLAN/MASK_UNFIT': 'input',
  'PLAN/CATALOG_UNACCEPTED': 'input',
  'PLAN/STALE': 'conflict',
  'PLAN/CHANGED_OUTSIDE': 'conflict',
  'PLAN/EXISTS': 'conflict',
  'PLAN/LOSSY_FIELD': 'unsupported',
  'PLAN/FEATURE_UNSUPPORTED': 'unsupported',
  'PLAN/ADAPTER_UNKNOWN': 'absent',
  'PLAN/TABLE_ABSENT': 'absent',
  'PLAN/COLUMN_ABSENT': 'absent',
  'PLAN/COLUMN_UNMASKED': 'input',
  'PLAN/ROWS_TWICE': 'conflict',
  'SOURCE/UNREACHABLE': 'unavailable',
  'SOURCE/CONNECTION_LOST': 'unavailable',
  'SOURCE/TIMEOUT': 'unavailable',
  'SOURCE/TLS_REFUSED': 'denied',
  'SOURCE/AUTH_REFUSED': 'denied',
  'SOURCE/PERMISSION_DENIED': 'denied',
  'SOURCE/PARTLY_SEEN': 'denied',
  'SOURCE/WRITE_REFUSED': 'denied',
  'SOURCE/DATABASE_ABSENT': 'absent',
  'SOURCE/NAMESPACE_ABSENT': 'absent',
  'SOURCE/TABLE_GONE': 'absent',
  'SOURCE/QUERY_INVALID': 'input',
  'SOURCE/QUERY_FAILED': 'input',
  'SOURCE/CATALOG_DRIFT': 'conflict',
  'SOURCE/SNAPSHOT_LOST': 'conflict',
  'SOURCE/TYPE_UNMAPPED': 'unsupported',
  'SOURCE/VALUE_TOO_LARGE': 'unsupported',
  'SOURCE/VALUE_UNREPRESENTABLE': 'integrity',
  'SOURCE/PROTOCOL': 'integrity',
  'TUNNEL/OPTION_INVALID': 'input',
  'TUNNEL/UNREACHABLE': 'unavailable',
  'TUNNEL/CONNECTION_LOST': 'unavailable',
  'TUNNEL/HOST_KEY_UNKNOWN': 'denied',
  'TUNNEL/JUMP_HOST_KEY_UNKNOWN': 'denied',
  'TUNNEL/HOST_KEY_CHANGED': 'integrity',
  'TUNNEL/AUTH_REFUSED': 'denied',
  'TUNNEL/FORWARD_REFUSED': 'denied',
  'TUNNEL/DATABASE_UNREACHABLE': 'unavailable',
  'TUNNEL/FAILED': 'unavailable',
  'FORMAT/OPTION_INVALID': 'input',
  'FORMAT/LIMIT_REACHED': 'unsupported',
  'FORMAT/VALUE_UNENCODABLE': 'unsupported',
  'MASK/OPTION_INVALID': 'input',
  'MASK/KEY_MISSING': 'absent',
  'MASK/KEY_EXISTS': 'conflict',
  'MASK/KEY_NOT_CONFIRMED': 'denied',
  'MASK/PROMISE_BROKEN': 'integrity',
  'SPOOL/DISK_FULL': 'exhausted',
  'SPOOL/WRITE_FAILED': 'unavailable',
  'SPOOL/FOLDER_UNWRITABLE': 'denied',
  'SPOOL/EXISTS': 'conflict',
  'SPOOL/ABSENT': 'absent',
  'SPOOL/READ_DENIED': 'denied',
  'SPOOL/READ_FAILED': 'unavailable',
  'SPOOL/CHECKPOINT_CORRUPT': 'integrity',
  'RUN/ABSENT': 'absent',
  'RUN/CANCELLED': 'cancelled',
  'RUN/ELSEWHERE': 'conflict',
  'RUN/NOT_RESUMABLE': 'conflict',
  'RUN/TWO_SNAPSHOTS': 'conflict',
  'RUN/WINDOW_CLOSED': 'unavailable',
  'RUN/ROW_COUNT_MISMATCH': 'integrity',
  'RUN/READ_BACK_MISMATCH': 'integrity',
  'RUN/UNPROVEN': 'integrity',
  'TARGET/ABSENT': 'absent',
  'TARGET/OPTION_INVALID': 'input',
  'TARGET/UNREACHABLE': 'unavailable',
  'TARGET/CONNECTION_LOST': 'unavailable',
  'TARGET/HOST_KEY_UNKNOWN': 'denied',
  'TARGET/HOST_KEY_CHANGED': 'integrity',
  'TARGET/AUTH_REFUSED': 'denied',
  'TARGET/PERMISSION_DENIED': 'denied',
  'TARGET/EXISTS': 'conflict',
  'TARGET/DELIVERY_IN_PROGRESS': 'conflict',
  'TARGET/QUOTA': 'exhausted',
  'TARGET/DIGEST_MISMATCH': 'integrity',
  'TARGET/OUTCOME_UNKNOWN': 'indeterminate',
  'TARGET/FAILED': 'unavailable',
  'PACKAGE/ABSENT': 'absent',
  'PACKAGE/BROKEN': 'integrity',
  'PACKAGE/INCOMPLETE': 'integrity',
  'LEDGER/ABSENT': 'absent',
  'LEDGER/ENTRY_ABSENT': 'absent',
  'LEDGER/FORKED': 'integrity',
  'LEDGER/BROKEN': 'integrity',
  'LEDGER/TRUNCATED': 'integrity',
  'LEDGER/PROOF_INVALID': 'integrity',
  'LEDGER/SIGNER_UNKNOWN': 'denied',
  'LEDGER/KEY_LOST': 'denied',
  'LEDGER/EXISTS': 'conflict',
  'LEDGER/BUSY': 'unavailable',
  'LEDGER/WRITE_FAILED': 'unavailable',
  'LEDGER/ENTRY_TOO_LARGE': 'bug',
  'VAULT/LOCKED': 'denied',
  'VAULT/UNAVAILABLE': 'unavailable',
  'VAULT/PASSPHRASE_WRONG': 'denied',
  'VAULT/PASSPHRASE_WEAK': 'input',
  'VAULT/SECRET_ABSENT': 'absent',
  'VAULT/SECRET_UNREADABLE': 'denied',
  'VAULT/SECRET_EXISTS': 'conflict',
  'VAULT/SECRET_TOO_LARGE': 'unsupported',
  'HOME/NEWER': 'unsupported',
  'HOME/UNREADABLE': 'input',
  'HOME/UNWRITABLE': 'denied',
  'HOME/BUSY': 'unavailable',
  'APP/CORE_LOST': 'unavailable',
  'APP/CHANNEL_CLOSED': 'unavailable',
  'APP/ANSWER_UNREADABLE': 'bug',
  'APP/INPUT_INVALID': 'input',
  'APP/NO_SESSION': 'denied',
  'APP/PATH_RELATIVE': 'input',
  'APP/INVARIANT': 'bug',
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_CATALOG;

/** The kind a code belongs to. */
export function kindOf(code: ErrorCode): ErrorKind {
  return ERROR_CATALOG[code];
}

const EXIT_CODES: Record<ErrorKind, number> = {
  input: 2,
  denied: 3,
  absent: 4,
  conflict: 5,
  unsupported: 6,
  unavailable: 7,
  exhausted: 8,
  integrity: 9,
  indeterminate: 10,
  cancelled: 130,
  bug: 70,
};

/** Exit code of the command line for an error of this code (interface: "Exit codes"). */
export function exitCodeOf(code: ErrorCode): number {
  return EXIT_CODES[kindOf(code)];
}
