import { formatClock } from '../../../src-shared/util/format-moment.ts';
import { counted, formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';

interface ReadLimits {
  readonly connections: number;
  readonly rowsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly window?: { readonly from: string; readonly to: string; readonly zone: string } | undefined;
}

interface TotalRows {
  readonly rows: number | null;
  readonly exactAt: string | null;
  readonly unknown: number;
  readonly isComing: boolean;
}

interface Waiting {
  readonly kind: 'errors' | 'warnings' | 'catalog' | 'name' | 'folder';
  readonly count?: number;
}

const WAITING: Readonly<Record<Waiting['kind'], (count: number) => string>> = {
  errors: (count) => `${counted(count, 'error')} to mend`,
  warnings: (count) => `${counted(count, 'warning')} to accept`,
  catalog: () => 'the catalog to accept',
  folder: () => 'a folder',
  name: () => 'the name of the connection',
};

export const planReview = {
  title: 'What will happen',
  side: 'Findings and start',
  checking: 'Reading the catalog and asking about each statement',
  checkedAt: (time: string) => `checked against the database at ${time}`,
  again: 'Check again',
  start: 'Start export',
  starting: 'Starting',
  nothingBefore: 'Nothing is read before you start.',
  notStarted: 'starts from here only',
  waitingFor: (waiting: readonly Waiting[]) =>
    `Waiting for: ${waiting.map(({ kind, count = 0 }) => WAITING[kind](count)).join(', ')}.`,
  production: {
    title: 'This reads a production database',
    field: 'Name of the connection',
    hint: (name: string) => `Type ${name} to confirm.`,
  },
  record: { title: 'Record the start', fact: 'in the ledger, before the first row is read' },
  snapshot: {
    title: 'Open one snapshot',
    fact: (tables: number) => (tables > 1 ? 'all tables see the same moment' : 'every row is of the same moment'),
    production: 'Production',
    enforced: 'read-only, the database enforces it',
    notEnforced: 'read-only; not enforced by the server',
  },
  read: {
    title: (tables: number) => `Read ${counted(tables, 'table')}`,
    rows: ({ rows, exactAt, unknown, isComing }: TotalRows) => {
      if (rows === null) return isComing ? 'counting rows' : 'rows unknown';
      if (exactAt !== null) return `${counted(rows, 'row')}, exact, at ${formatClock(exactAt)}`;
      const rest = unknown === 0 ? '' : `, ${counted(unknown, 'table')} unknown`;
      return `about ${counted(rows, 'row')}, estimate${rest}`;
    },
    limits: ({ connections, rowsPerSecond, bytesPerSecond, statementTimeoutMs, lockTimeoutMs, window }: ReadLimits) =>
      [
        ...(window === undefined ? [] : [`only ${window.from}–${window.to} ${window.zone}`]),
        counted(connections, 'connection'),
        ...(rowsPerSecond === 0 ? [] : [`at most ${counted(rowsPerSecond, 'row')} a second`]),
        ...(bytesPerSecond === 0 ? [] : [`at most ${formatBytes(bytesPerSecond)} a second`]),
        statementTimeoutMs === 0
          ? 'no statement timeout'
          : `each statement at most ${formatDuration(statementTimeoutMs)}`,
        `locks waited for ${formatDuration(lockTimeoutMs)}`,
      ].join(', '),
    notYet: 'The statements are shown when the errors are mended.',
    sql: 'Statements',
    copy: 'Copy all statements',
    more: (count: number) => `-- and ${counted(count, 'more statement')}; Copy takes them all`,
  },
  mask: {
    title: (columns: number) => (columns === 0 ? 'Mask nothing' : `Mask ${counted(columns, 'column')}`),
    kinds: (kinds: readonly { mask: string; columns: number }[]) =>
      kinds.map(({ mask, columns }) => `${mask} ${formatCount(columns)}`).join(', '),
    unmasked: (columns: number) =>
      columns === 1
        ? '1 column looks personal and goes out unmasked'
        : `${formatCount(columns)} columns look personal and go out unmasked`,
  },
  write: {
    title: (files: number, inParts: boolean) => `Write ${counted(files, 'file')}${inParts ? ' or more' : ''}`,
    fact: (format: string, compress: string | undefined) =>
      `${format}, ${compress === undefined || compress === 'none' ? 'not compressed' : compress}, signed`,
    files: (files: readonly string[]) => {
      const shown = files.length > 9 ? [...files.slice(0, 3), '…', ...files.slice(-6)] : files;
      return shown.join(', ');
    },
    folder: 'The package appears in',
    choose: 'Folder for the package',
    folderMissing: 'Name a folder; it is made when it is missing.',
    free: (size: string) => `${size} free there`,
    freeUnknown: 'free space unknown',
    size: (size: string, isCompressed: boolean) =>
      `about ${size} needed${isCompressed ? ' before compression' : ''}, estimate`,
    sizeUnknown: 'size of the package unknown',
    tight: 'this may not be enough',
  },
  check: {
    title: 'Read back and count',
    fact: 'rows written must equal rows read again, and a count of the same snapshot',
  },
  deliver: {
    none: 'Deliver nowhere',
    noneFact: 'the package stays in its folder; it can be delivered from its run',
    title: (count: number) => (count === 1 ? 'Deliver' : `Deliver to ${counted(count, 'target')}`),
    fact: 'only when every table is whole; each file is read back there',
    pinned: 'host key pinned',
  },
  terminal: 'The same from a terminal',
  copyCommand: 'Copy the command',
  findings: {
    title: 'Findings',
    errors: (count: number) => counted(count, 'error'),
    warnings: (count: number) => counted(count, 'warning'),
    none: 'Nothing was found.',
    more: (count: number) => `And ${counted(count, 'more finding')}.`,
    place: (line: number, column: number) => `line ${line}, column ${column}`,
    accept: 'Accept, and record it',
    acceptThis: (message: string) => `Accept, and record it: ${message}`,
    acceptAll: (count: number) => `Accept all ${counted(count, 'warning')}, and record it`,
    unmasked: (table: string, column: string) => `${table}.${column} goes out unmasked`,
    mask: 'Mask it…',
    goTo: (step: string) => `Go to ${step}`,
  },
  catalog: {
    accepted: 'The catalog is the one that was signed off.',
    open: 'The plan takes whatever tables or columns are there. Nobody has signed off what that is today.',
    openHint: 'Accept it for this run, or sign it off in the plan: a later run then tells what has changed.',
    drifted: 'The catalog is no longer the one that was signed off.',
    driftUnknown: 'What was signed off is not known on this machine, so the difference cannot be told.',
    driftMore: (count: number) => `And ${counted(count, 'more difference')}.`,
    acceptOnce: 'Accept for this run',
    signOff: 'Sign off',
  },
} as const;
