/** The server's error numbers: what each of them means here, and which messages quote names and nothing else. */
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
  remedy: 'Check user, password and kind of login of the connection, and that the login is enabled.',
};
const DATABASE: Translation = {
  code: 'SOURCE/DATABASE_ABSENT',
  message: 'The database cannot be opened by this login.',
  remedy: 'Correct the database of the connection, or have the login made a user of it.',
};
const PERMISSION: Translation = {
  code: 'SOURCE/PERMISSION_DENIED',
  message: 'The login may not read what the statement names.',
  remedy: 'Have SELECT granted on it, or leave it out of the plan.',
};
const GONE: Translation = {
  code: 'SOURCE/TABLE_GONE',
  message: 'A table the statement names does not exist, or the login may not see it.',
  remedy: 'Look at the catalog again and correct the plan.',
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
const DEADLOCK: Translation = {
  code: 'SOURCE/TIMEOUT',
  message: 'Two sessions waited for each other, and the server gave up ours.',
  remedy: 'Run again when the other session has ended its work on the table.',
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
const NO_SNAPSHOT: Translation = {
  code: 'SOURCE/QUERY_FAILED',
  message: 'What the statement reads cannot be read in a snapshot.',
  remedy: 'Allow snapshot isolation in that database, or leave what lies in it out of the plan.',
};
const SNAPSHOT_LOST: Translation = {
  code: 'SOURCE/SNAPSHOT_LOST',
  message: 'The server gave up the snapshot.',
  remedy: 'Check the room for row versions in tempdb, then run again.',
};
const KILLED: Translation = {
  code: 'SOURCE/CONNECTION_LOST',
  message: 'The session was ended on the server by somebody else, or the server is shutting down.',
  remedy: 'Ask the server’s administrator before running again.',
};
const UNAVAILABLE: Translation = {
  code: 'SOURCE/UNREACHABLE',
  message: 'The server{at} takes no connection now.',
  remedy: 'Wait for the server or its database to become available, then try again.',
};
export const FAILED: Translation = {
  code: 'SOURCE/QUERY_FAILED',
  message: 'The server gave up the statement.',
  remedy: 'Look up the error number and the server’s own log, correct the plan, and run again.',
};

export const BY_NUMBER: ReadonlyMap<number, Translation> = new Map(
  (
    [
      [AUTH, 18451, 18452, 18456, 18457, 18458, 18459, 18470, 18486, 18487, 18488, 40615, 47073],
      [DATABASE, 911, 4060, 4064, 916],
      [PERMISSION, 229, 230, 262, 297, 300, 371, 378],
      [GONE, 208, 4701],
      [
        INVALID,
        102,
        103,
        105,
        107,
        109,
        110,
        116,
        130,
        137,
        144,
        145,
        147,
        156,
        157,
        164,
        174,
        189,
        195,
        203,
        205,
        206,
      ],
      [
        INVALID,
        207,
        209,
        214,
        218,
        243,
        252,
        258,
        264,
        291,
        305,
        306,
        319,
        321,
        402,
        403,
        408,
        421,
        447,
        448,
        451,
        457,
      ],
      [INVALID, 468, 529, 1011, 1013, 1033, 1038, 2715, 2812, 4104, 4121, 4145, 4413, 8116, 8117, 8118, 8120, 8121],
      [
        INVALID,
        8127,
        8144,
        8155,
        8156,
        8157,
        8158,
        8180,
        10742,
        10743,
        10744,
        11501,
        11509,
        11513,
        11514,
        11525,
        11719,
      ],
      [BUSY, 1222],
      [DEADLOCK, 1205],
      [WRITE, 3906, 3909, 3929],
      [DRIFT, 3961, 3962, 3963, 1219],
      [NO_SNAPSHOT, 3952, 3953, 3954, 3955, 3956, 7420, 41332],
      [SNAPSHOT_LOST, 3958, 3959, 3966, 3967, 3969],
      [KILLED, 596, 6005, 17142],
      [UNAVAILABLE, 921, 922, 924, 927, 942, 976, 978, 983, 17809, 18401, 40197, 40501, 40613, 49918, 49919, 49920],
    ] as const
  ).flatMap(([translation, ...numbers]) => numbers.map((number) => [number, translation] as const)),
);

/** What the server calls a failure, in words of ours: its own quote the value. */
export const CONDITIONS: ReadonlyMap<number, string> = new Map([
  [220, 'a number is out of range'],
  [232, 'a number is out of range'],
  [241, 'a text is no date or time'],
  [242, 'a text gives a date that is out of range'],
  [245, 'a text cannot be turned into a number'],
  [248, 'a number is out of range'],
  [512, 'a subquery gave more than one row'],
  [517, 'a date is out of range'],
  [537, 'a length given to a function is not valid'],
  [701, 'the server is out of memory'],
  [1033, 'a query in the plan cannot have ORDER BY without TOP: use orderBy'],
  [1101, 'the server’s disk is full'],
  [1105, 'the server’s disk is full'],
  [3241, 'a number is out of range'],
  [3952, 'the database does not allow snapshot isolation'],
  [8114, 'a value cannot be turned into the type that is asked for'],
  [8115, 'a number is out of range'],
  [8134, 'division by zero'],
  [8152, 'a text would be cut off'],
  [8155, 'a column of the query has no name'],
  [8169, 'a text is no GUID'],
  [8623, 'the server found no plan for the query'],
  [9436, 'a text is no XML'],
  [9402, 'a text is no XML'],
  [18487, 'the password has expired'],
  [18488, 'the password must be changed first'],
  [18470, 'the account is disabled'],
  [18486, 'the account is locked'],
  [41332, 'a memory-optimised table takes no part in a snapshot with others'],
]);

/** Errors about names: their message quotes names only. */
const NAMES_ONLY = new Set([207, 208, 209, 229, 230, 262, 300, 911, 916, 4060, 4104, 4121, 195, 8155, 8156]);

export function namesOnly(number: number): boolean {
  return NAMES_ONLY.has(number);
}

/** `The SELECT permission was denied on the object 't', database 'd', schema 's'.` */
const DENIED =
  /^The SELECT permission was denied on the (?:object|column '(?:[^']|'')*' of the object) '((?:[^']|'')+)'/i;

/** The table of which reading was denied; null: the error is another one. */
export function deniedObject(number: number, text: string): string | null {
  if (number !== 229 && number !== 230) return null;
  return DENIED.exec(text)?.[1]?.replaceAll("''", "'") ?? null;
}
