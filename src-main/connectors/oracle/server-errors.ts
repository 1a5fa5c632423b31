/** The server's error numbers (ORA-), and what each of them means here. */
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';

export interface Translation {
  readonly code: ErrorCode;
  /** With `{at}` and `{as}` where the address and the user stand. */
  readonly message: string;
  readonly remedy: string;
}

const AUTH: Translation = {
  code: 'SOURCE/AUTH_REFUSED',
  message: 'The server{at} refused the login{as}.',
  remedy: 'Check user and password of the connection, and that the account is open.',
};
const DATABASE: Translation = {
  code: 'SOURCE/DATABASE_ABSENT',
  message: 'The listener{at} does not know the service or SID of the connection.',
  remedy: 'Correct the service name of the connection, and check that the database is open and registered.',
};
const NAME: Translation = {
  code: 'SOURCE/DATABASE_ABSENT',
  message: 'The name of the connect string is not known.',
  remedy: 'Check the name, and that tnsnames.ora lies in the folder given with --config-folder.',
};
const UNREACHABLE: Translation = {
  code: 'SOURCE/UNREACHABLE',
  message: 'The server{at} cannot be reached.',
  remedy: 'Check host and port of the connection, and that the listener runs.',
};
const UNAVAILABLE: Translation = {
  code: 'SOURCE/UNREACHABLE',
  message: 'The server{at} takes no connection now.',
  remedy: 'Wait for the database to be open for this login, then try again.',
};
const PERMISSION: Translation = {
  code: 'SOURCE/PERMISSION_DENIED',
  message: 'The login may not do what the statement needs.',
  remedy: 'Have SELECT granted on what it names, or leave it out of the plan.',
};
const GONE: Translation = {
  code: 'SOURCE/TABLE_GONE',
  message: 'A table the statement names does not exist, or the login may not see it.',
  remedy: 'Look at the catalog again and correct the plan, or have SELECT granted.',
};
const INVALID: Translation = {
  code: 'SOURCE/QUERY_INVALID',
  message: 'The server does not accept the SQL.',
  remedy: 'Correct the table’s condition or query in the plan.',
};
const BUSY: Translation = {
  code: 'SOURCE/TIMEOUT',
  message: 'A lock was not granted in time: another session holds it.',
  remedy:
    'Run again when the other session has ended its work on the table, or raise limits.lockTimeoutMs in the plan.',
};
const STOPPED: Translation = {
  code: 'SOURCE/TIMEOUT',
  message: 'The statement was ended on the server: it reached a limit there, or somebody cancelled it.',
  remedy: 'Ask the server’s administrator for the limits of this login, or read less.',
};
const WRITE: Translation = {
  code: 'SOURCE/WRITE_REFUSED',
  message: 'The statement tried to write, and the server refused it.',
  remedy: 'Remove what writes from the plan’s SQL.',
};
const DRIFT: Translation = {
  code: 'SOURCE/CATALOG_DRIFT',
  message: 'A table was changed by another session since the snapshot was begun.',
  remedy: 'Check the plan against the catalog and run again.',
};
const SNAPSHOT_LOST: Translation = {
  code: 'SOURCE/SNAPSHOT_LOST',
  message: 'The server no longer has what its tables were at the moment of the snapshot.',
  remedy: 'Have UNDO_RETENTION and the undo tablespace made large enough for the run, or read fewer tables at a time.',
};
const KILLED: Translation = {
  code: 'SOURCE/CONNECTION_LOST',
  message: 'The session was ended on the server by somebody else, or the server is shutting down.',
  remedy: 'Ask the server’s administrator before running again.',
};
export const FAILED: Translation = {
  code: 'SOURCE/QUERY_FAILED',
  message: 'The server gave up the statement.',
  remedy: 'Look up the error number, correct the plan, and run again.',
};

export const BY_NUMBER: ReadonlyMap<number, Translation> = new Map(
  (
    [
      [AUTH, [1005, 1017, 1045, 1988, 28000, 28001, 28002, 28003, 28007, 28040, 28150, 28183, 28354]],
      [DATABASE, [12505, 12514, 12516, 12518, 12519, 12520, 12521, 65011]],
      [NAME, [12154, 12162, 12533]],
      [UNREACHABLE, [12170, 12535, 12541, 12543, 12545, 12547, 12560]],
      [UNAVAILABLE, [18, 20, 1033, 1034, 1035, 1089, 1109, 1219, 12526, 12527, 12528, 27101]],
      [PERMISSION, [1031, 1720, 28132, 38553, 41900]],
      [GONE, [942]],
      [
        INVALID,
        [
          ...[900, 904, 905, 906, 907, 908, 909, 911, 913, 917, 918, 920, 921, 923, 924, 927, 928, 932, 933, 934, 936],
          ...[
            937, 938, 939, 960, 961, 962, 964, 970, 972, 979, 980, 996, 1719, 1722, 1740, 1741, 1742, 1747, 1748, 1756,
          ],
          ...[1785, 1786, 1787, 1789, 1790, 1791, 2000, 2201, 2289, 3048, 3049, 6553, 6575, 30926, 32031, 32034, 40492],
        ],
      ],
      [BUSY, [54, 30006, 60, 4020, 4021]],
      [STOPPED, [40, 1013, 2393, 2394, 2395, 56735, 56955]],
      [WRITE, [1456, 14551, 14552, 14553, 16000, 14450, 28194]],
      [DRIFT, [1466, 4068, 8103, 8176, 14400, 14401, 14402, 54504]],
      [SNAPSHOT_LOST, [1555, 8180, 8181, 22924, 30052, 30036, 1628]],
      [KILLED, [28, 31, 1012, 1041, 1092, 2396, 2399, 3113, 3114, 3135]],
    ] as const
  ).flatMap(([translation, numbers]) => numbers.map((number) => [number, translation] as const)),
);

/** What the server calls a failure, in words of ours: its own may quote a value. */
export const CONDITIONS: ReadonlyMap<number, string> = new Map([
  [1005, 'it takes no empty password'],
  [1045, 'it lacks CREATE SESSION'],
  [28000, 'the account is locked'],
  [28001, 'the password has expired'],
  [28040, 'no kind of password that it takes is known to the driver'],
  [28150, 'it may not open sessions of that user'],
  [1427, 'a subquery gave more than one row'],
  [1438, 'a number is out of range'],
  [1426, 'a number is out of range'],
  [1455, 'a number is out of range'],
  [1476, 'division by zero'],
  [1722, 'a text cannot be turned into a number'],
  [1830, 'a text is no date of the form YYYY-MM-DD HH:MM:SS'],
  [1839, 'a day does not exist in its month'],
  [1841, 'a text is no date of the form YYYY-MM-DD HH:MM:SS'],
  [1843, 'a text is no date of the form YYYY-MM-DD HH:MM:SS'],
  [1847, 'a text is no date of the form YYYY-MM-DD HH:MM:SS'],
  [1858, 'a text is no date of the form YYYY-MM-DD HH:MM:SS'],
  [1861, 'a text is no date of the form YYYY-MM-DD HH:MM:SS'],
  [932, 'types that cannot be compared or ordered, such as a CLOB'],
  [1555, 'undo was overwritten'],
  [1652, 'the temporary tablespace is full'],
  [4030, 'the server is out of memory'],
  [4031, 'the server is out of memory'],
  [12154, 'it does not stand in tnsnames.ora'],
]);

/** Errors about names: their message quotes names only. */
const NAMES_ONLY = new Set([904, 918, 942, 1031, 41900]);

export function namesOnly(number: number): boolean {
  return NAMES_ONLY.has(number);
}
