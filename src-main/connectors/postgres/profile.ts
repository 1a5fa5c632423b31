import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';

/** What `COPY … FROM … (FORMAT csv, HEADER)` reads exactly: unquoted nothing is NULL, `""` is the empty string. */
export const postgresCsvProfile: CsvProfile = {
  id: 'postgres',
  title: 'PostgreSQL COPY',
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
  booleans: ['true', 'false'],
  timestampSeparator: 'T',
  utcSuffix: 'Z',
  bytesPrefix: '\\x',
  refusesNul: true,
};
