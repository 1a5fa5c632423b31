import { counted, formatCount } from '../../../src-shared/util/format-number.ts';

interface Range {
  readonly least: number;
  readonly most: number;
}

interface Hours {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

interface Pace {
  readonly rows: number;
  readonly bytes: string | number;
}

const quoted = (typed: string): string => JSON.stringify(typed.length > 40 ? `${typed.slice(0, 40)}…` : typed);

const paceOf = ({ rows, bytes }: Pace): readonly string[] => [
  ...(rows === 0 ? [] : [`${counted(rows, 'row')} a second`]),
  ...(bytes === 0 ? [] : [`${typeof bytes === 'number' ? counted(bytes, 'byte') : bytes} a second`]),
];

export const planLimits = {
  title: 'Limits',
  settingsLabel: 'Limits of the run',
  intro: 'What a run may ask of the server. An empty field is as usual; nothing here changes a byte of the files.',
  usual: 'Usual',
  asUsual: (name: string) => `${name}: as usual`,
  readers: 'Readers',
  pace: 'Pace',
  hours: 'Hours',
  waiting: 'Waiting',
  values: 'Long values',
  connections: 'Connections',
  connectionsHint:
    'Each is a session with a query of its own, all at one point in time. More are faster where cores are free.',
  rowsPerSecond: 'Rows',
  rowsPerSecondHint: 'Of all tables together, evenly. 0: as fast as it goes.',
  bytesPerSecond: 'Bytes',
  bytesPerSecondHint: 'Written, before compression, such as 10MiB. 0: as fast as it goes.',
  aSecond: 'a second',
  window: 'Read only in certain hours',
  windowHint:
    'Before them a run waits without a connection. At their end it stops, keeps what is whole, and is gone on with in the next ones.',
  from: 'From',
  to: 'To',
  zone: 'Time zone',
  windowLength: (minutes: number, overnight: boolean) => {
    const hours =
      minutes % 60 === 0 ? counted(minutes / 60, 'hour') : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    return `${hours} of each day${overnight ? ', over midnight' : ''}, by the clocks of that zone.`;
  },
  pause: 'A pause, at most',
  pauseHint: 'Then the run goes on by itself. 0: it cannot be paused.',
  minutes: 'minutes',
  lock: 'For locks of others',
  lockHint: 'When the tables are taken. Whoever comes after us queues as long.',
  statement: 'A statement, at most',
  statementHint:
    '0: no limit. Reading one table is one statement; time that a run waits counts where the server counts it.',
  seconds: 'seconds',
  cell: 'A value, at most',
  cellHint:
    'For formats that need a value as a whole. A longer one ends its table, with its row named; each reader may need that much memory.',
  refused: {
    number: (typed: string, { least, most }: Range) =>
      most === Number.MAX_SAFE_INTEGER
        ? `${quoted(typed)} is no whole number from ${formatCount(least)} on; it was not saved.`
        : `${quoted(typed)} is no whole number from ${formatCount(least)} to ${formatCount(most)}; it was not saved.`,
    seconds: (typed: string, { least, most }: Range) =>
      `${quoted(typed)} is no time from ${least / 1000} to ${formatCount(Math.floor(most / 1000))} seconds; it was not saved.`,
    size: (typed: string) => `${quoted(typed)} is no size such as 64MiB; it was not saved.`,
    time: (typed: string) => `${quoted(typed)} is no time of day such as 22:00; it was not saved.`,
    zone: (typed: string) => `${quoted(typed)} is no time zone such as Europe/Berlin, UTC or +01:00; it was not saved.`,
    noHours: 'The hours must end at another time than they begin; it was not saved.',
  },
  value: (limits: { readonly connections: number; readonly pace: Pace; readonly window: Hours | undefined }) =>
    [
      ...(limits.window === undefined ? [] : [`${limits.window.from}–${limits.window.to}`]),
      counted(limits.connections, 'connection'),
      ...paceOf(limits.pace),
    ].join(' · '),
  cost: {
    title: 'What the server notices',
    label: 'What the server notices of a run',
    snapshot: 'One snapshot, from the first row to the last',
    readers: (connections: number) =>
      connections === 1 ? 'One session' : `Up to ${formatCount(connections)} sessions`,
    one: 'It reads one table after the other.',
    byName: (connections: number) =>
      `They stand at one exported snapshot. Each reads for itself: up to ${formatCount(connections)} times the processor and disk of one.`,
    ofFile: (connections: number) =>
      `While nobody writes the file they read it at one point in time; where somebody has just done so, one reads it alone. Each reads for itself: up to ${formatCount(connections)} times the processor and disk of one.`,
    byHold: (connections: number) =>
      `They open their snapshots while the tables are held for a moment; what may not be held is read by one. Each reads for itself: up to ${formatCount(connections)} times the processor and disk of one.`,
    alone:
      'This product is read by one session, however many are allowed: others would stand at another point in time.',
    pace: 'Pace',
    free: 'As fast as server, network and disk go. The sooner it is done, the sooner the snapshot is gone.',
    throttled: (pace: Pace) =>
      `At most ${paceOf(pace).join(' and ')}: the server waits for us in between, and its snapshot stays open longer.`,
    hours: 'Hours',
    allDay: 'It begins at once, at any hour.',
    window: ({ from, to, zone }: Hours) =>
      `It reads from ${from} to ${to}, ${zone}, and leaves nothing open outside of them. Whatever is read later is of another moment, which a person must allow.`,
    pause: 'A pause',
    noPause: 'It cannot be paused.',
    pauseFor: (minutes: number, connections: number) =>
      `Holds the snapshot and ${connections === 1 ? 'its session' : `all ${formatCount(connections)} sessions`} for at most ${counted(minutes, 'minute')}.`,
    lost: 'A lost connection',
    replaced:
      'Is replaced up to three times, after 0.5, 2 and 8 seconds, and reads its piece anew; not the one that the snapshot belongs to.',
    ends: 'Ends what it was reading. What is whole is kept; Go on… reads the rest.',
    parts: 'What need not be read again',
    partsNone: 'Tables that are whole. A table that breaks off is read from its beginning.',
    partsRows: (rows: number) =>
      `Tables that are whole, and parts of ${counted(rows, 'row')} of those with a key that they can be cut by.`,
    partsBytes: (size: string | number) =>
      `Tables that are whole, and parts of up to ${typeof size === 'number' ? counted(size, 'byte') : size} of those with a key that they can be cut by.`,
    toParts: 'Parts are set in Package',
  },
} as const;
