import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';

/**
 * For SQL*Loader with `FIELDS CSV WITH EMBEDDED` and `SKIP = 1`. Oracle has no empty string: NULL and '' load as NULL.
 * From its documentation; not yet tried on a server.
 */
export const oracleCsvProfile: CsvProfile = {
  id: 'oracle',
  title: 'Oracle SQL*Loader',
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
  utcSuffix: '+00:00',
  bytesPrefix: '',
};
