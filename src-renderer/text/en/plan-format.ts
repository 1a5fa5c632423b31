import { counted, formatCount } from '../../../src-shared/util/format-number.ts';

export const planFormat = {
  format: 'Format',
  notWritten: (format: string) => `${format}: not written by this version`,
  usualIs: (value: string) => `usual: ${value}`,
  usual: 'Usual',
  asUsual: (option: string) => `${option}: as usual`,
  value: (format: string, profile: string | undefined) =>
    profile === undefined ? format : `${format} · ${profile} profile`,
  charactersHint: 'Write a tab as \\t, a line break as \\n.',
  limits: 'What the files do not carry',
  limitsLabel: 'What files of this format do not carry',
  limitKinds: { changes: 'Changed', refuses: 'Ends the run', reader: 'Mind the reader' },
  noLimits: 'Every value of the chosen columns is carried as it is.',
  columns: (named: readonly string[], count: number) =>
    count > named.length ? `${named.join(', ')} and ${formatCount(count - named.length)} more` : named.join(', '),
  migrate: 'For loading into',
  migrateNone: 'Any reader',
  migrateHint: (title: string) => `ddl.sql and the load script for ${title} go into the package`,
  migrateNoneHint: 'files only, without scripts',
  migrateNotWritten: (product: string) => `${product}: no scripts in this version`,
  reading: 'Reading the format',
  sample: 'First lines',
  sampleOf: (table: string) => `First lines of ${table}`,
  sampleRows: (rows: number) => `the first ${counted(rows, 'row')}, by the writer that makes the files`,
  table: 'Table',
  tablesShown: (shown: number) => `The first ${formatCount(shown)} tables are listed; the tree has all.`,
  empty: 'The file would be empty: the filter leaves no row, and there is no header.',
  cut: 'The beginning only; the file itself is whole.',
} as const;
