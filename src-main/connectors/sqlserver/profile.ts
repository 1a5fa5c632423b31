import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';

/**
 * For `BULK INSERT … WITH (FORMAT = 'CSV', CODEPAGE = '65001', FIRSTROW = 2, KEEPNULLS)` of SQL Server 2017 and later.
 * From its documentation; not yet tried on a server.
 */
export const sqlserverCsvProfile: CsvProfile = {
  id: 'sqlserver',
  title: 'SQL Server BULK INSERT',
  delimiter: ',',
  quote: '"',
  escape: '"',
  null: '',
  header: true,
  bom: false,
  lineEnding: '\r\n',
  encoding: 'utf-8',
  formulaGuard: false,
  quoting: 'needed',
  booleans: ['1', '0'],
  timestampSeparator: ' ',
  utcSuffix: '+00:00',
  bytesPrefix: '0x',
};
