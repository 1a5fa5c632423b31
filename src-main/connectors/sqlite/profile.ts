import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';

/**
 * What the shell's `.import --csv` reads (RFC 4180 quoting, rows ended by a line feed). That loader has no NULL: an empty
 * field, quoted or not, arrives as the empty string.
 */
export const sqliteCsvProfile: CsvProfile = {
  id: 'sqlite',
  title: 'SQLite .import --csv (NULL arrives as empty text)',
  delimiter: ',',
  quote: '"',
  escape: '"',
  null: '',
  header: true,
  bom: false,
  lineEnding: '\n',
  encoding: 'utf-8',
  formulaGuard: false,
  quoting: 'needed',
  booleans: ['1', '0'],
  timestampSeparator: ' ',
  utcSuffix: 'Z',
  bytesPrefix: '',
};
