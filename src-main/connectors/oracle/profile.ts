import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';

/**
 * For SQL*Loader with `FIELDS CSV WITH EMBEDDED`, `PRESERVE BLANKS` and `SKIP = 1`. It sees no difference between NULL and an
 * empty text, and discards rows of nothing but NULL, so that NULL has a text of its own, which whoever loads it turns back
 * (load.sql of a migration does). From its documentation; not yet tried on a server.
 */
export const oracleCsvProfile: CsvProfile = {
  id: 'oracle',
  title: 'Oracle SQL*Loader',
  delimiter: ',',
  quote: '"',
  escape: '"',
  null: '~NULL~',
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
  refusesNul: true,
  refusesNullText: true,
};
