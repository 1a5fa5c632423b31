import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';

/**
 * For `bcp … in … -w -F 2` with its own separators, and `BULK INSERT … WITH (DATAFILETYPE = 'widechar', ROWTERMINATOR =
 * '\r\n', FIRSTROW = 2)`. Neither knows quotes, so that tabs and line breaks are written as `\t`, `\r`, `\n`: what loads it
 * has to read `\N` as NULL and undo the rest (load.sql of a migration does). Both take an empty field for NULL, which is an
 * empty text here. UTF-16, since bcp reads no other Unicode on every system. From their documentation; not yet tried on a
 * server.
 */
export const sqlserverCsvProfile: CsvProfile = {
  id: 'sqlserver',
  title: 'SQL Server bcp',
  delimiter: '\t',
  quote: '',
  escape: '\\',
  null: '\\N',
  header: true,
  bom: false,
  lineEnding: '\r\n',
  encoding: 'utf-16le',
  formulaGuard: false,
  quoting: 'never',
  booleans: ['1', '0'],
  timestampSeparator: 'T',
  utcSuffix: '+00:00',
  bytesPrefix: '0x',
  refusesNul: true,
};
