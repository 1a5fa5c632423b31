import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';

/**
 * What `LOAD DATA … CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '\\'
 * LINES TERMINATED BY '\n' IGNORE 1 LINES` reads exactly; bytes through `UNHEX(@column)`. All texts are quoted, as `INTO
 * OUTFILE` does it: LOAD DATA takes the word NULL without quotes for NULL, whatever the NULL text is.
 */
export const mysqlCsvProfile: CsvProfile = {
  id: 'mysql',
  title: 'MySQL and MariaDB LOAD DATA',
  delimiter: ',',
  quote: '"',
  escape: '\\',
  null: '\\N',
  header: true,
  bom: false,
  lineEnding: '\n',
  encoding: 'utf-8',
  formulaGuard: false,
  quoting: 'text',
  booleans: ['1', '0'],
  timestampSeparator: ' ',
  utcSuffix: '',
  bytesPrefix: '',
};
