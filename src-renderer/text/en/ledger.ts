export const ledger = {
  reading: 'Reading the ledger',
  verifying: 'Verifying the ledger',
  absent: 'There is no ledger yet.',
  absentHint:
    'The first export creates one: every export, delivery and preview of originals is written there, for good.',
  verify: 'Verify',
  handOver: 'Audit bundle…',
  copyCheckpoint: 'Copy checkpoint',
  checkpointCopied: 'Checkpoint copied: keep it elsewhere',
  checkpointHint:
    'Kept outside this machine, it shows later whether the entries up to now were changed: a mail to yourself is enough.',
  noAnchor: 'No outside anchor is known here. ',
  noneCarried: 'No delivery has taken a checkpoint along yet: a change by somebody who holds the key could go unseen.',
  anchored: (size: string) => `Last outside anchor: size ${size}. `,
  carried: (size: string, time: string, to: string) =>
    `The last delivery took one of size ${size} along, ${time}${to}. `,
  toTarget: (target: string) => ` to ${target}`,
  newer: (count: string, one: boolean) =>
    one
      ? '1 entry is newer: a change to it could go unseen.'
      : `${count} entries are newer: a change to them could go unseen.`,
  noneNewer: 'No entry is newer.',
  throwAway: 'Throw-away ledger: nobody vouches for it.',
  bundle: {
    title: 'Hand over the ledger as an audit bundle',
    what: 'A folder that an auditor can check on a machine without Waybill, without the database: all entries, the papers of the packages, the plans of the runs, and a script that checks them.',
    out: 'Folder to make',
    outHint: 'It must not exist yet. Making the bundle is an entry of the ledger itself.',
    withoutSql: 'Leave out SQL statements and compiled plans',
    withoutSqlHint: 'The plans stay, with their filters as they were written.',
    make: 'Make the bundle',
    making: 'Making and verifying the bundle',
    stop: 'Stop',
    done: (entries: string, files: string) => `Made and verified: ${entries} entries, ${files} files.`,
    absent: 'What the ledger records and the bundle does not hold',
    copyPath: 'Copy path',
    audit: 'Look at it as an auditor',
  },
} as const;
